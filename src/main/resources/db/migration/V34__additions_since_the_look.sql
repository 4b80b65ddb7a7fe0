-- Asked in each turn of an account; its additions since the look are few, those of busier accounts beside it are many.
create index cart_add_since_look on cart_add (account_id, id);
