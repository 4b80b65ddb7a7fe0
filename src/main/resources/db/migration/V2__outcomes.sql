-- Rows leave when the broker has acknowledged them.
create table outbox (
    id          bigint generated always as identity primary key,
    event_id    text not null,
    type        text not null,
    key         text not null,
    occurred_at timestamptz not null,
    data        text not null
);

-- One instance publishes at a time, so that the events of one order stay in order.
create table outbox_publisher (
    one    boolean primary key default true check (one),
    holder text,
    until  timestamptz
);

insert into outbox_publisher default values;
