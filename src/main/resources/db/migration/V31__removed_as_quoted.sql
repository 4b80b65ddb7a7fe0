-- An item that is taken out of the cart while its answer is lost: its order is held at the price that it was to be held at.
alter table item_removal add column quoted numeric(12, 2);
