-- The orders of one customer account are answered oldest first, some thousands at a time: each time they would be sorted anew.
create index orders_waiting_in_their_order on orders (account_id, id) where state = 'RECEIVED';
drop index orders_waiting_for_customer;
