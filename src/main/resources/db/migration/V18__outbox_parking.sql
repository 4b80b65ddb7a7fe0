-- An announcement that the broker refuses waits, with those of its key behind it; the others go on.
alter table outbox
    add column attempts int not null default 0,
    add column due_at   timestamptz,
    add column trouble  text;

create index outbox_parked on outbox (key, id) where due_at is not null;
