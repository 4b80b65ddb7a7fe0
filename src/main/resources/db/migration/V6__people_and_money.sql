alter table orders
    -- up to where a person approved this attempt; null: not approved, or void
    add column approved_cost   numeric(14, 2),
    -- a wish that is carried out when no item of the order can be bought any more
    add column cancel_asked_at timestamptz,
    add column cancel_asked_by text;

-- Append-only: who approved which content of an order at which price. The number is that of the order_event that it released.
create table order_approval (
    order_ref    bigint not null,
    number       int not null,
    attempt      int not null,
    content_hash text not null,
    price        numeric(14, 2) not null,
    approved_by  text not null,
    approved_at  timestamptz not null,
    primary key (order_ref, number),
    foreign key (order_ref, number) references order_event
);
