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

-- When buying stopped, why, and who let it go on.
create table pause (
    id         bigint generated always as identity primary key,
    -- the purchasing account's name, because one whose key is wrong has no id; null: all of them
    account    text,
    reason     text not null,
    paused_by  text not null,
    paused_at  timestamptz not null default now(),
    resumed_by text,
    resumed_at timestamptz,
    check ((resumed_by is null) = (resumed_at is null))
);

create unique index pause_open on pause (coalesce(account, '')) where resumed_at is null;

insert into pause (account, reason, paused_by)
select name, coalesce(pause_reason, 'not told'), 'engine' from purchasing_account where paused;

alter table purchasing_account drop column paused, drop column pause_reason;

-- The campaign that the money was reserved for: an order that is submitted again may name another.
alter table reservation add column campaign text;

update reservation set campaign = o.campaign from orders o where o.id = order_ref;

create index reservation_of_campaign on reservation (campaign) where campaign is not null and released_at is null;
