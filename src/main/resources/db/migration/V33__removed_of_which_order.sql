-- An order may have had more than one item in the cart, and each that was taken out may still be bought by somebody's checkout.
alter table item_removal add column order_ref bigint references orders;

update item_removal r set order_ref = o.id from orders o
 where o.cart_item_id = r.item_id and o.purchasing_account = r.account_id;

create index item_removal_of_order on item_removal (order_ref) where removed_at is not null;
