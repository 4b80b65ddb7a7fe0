create sequence order_key;

create table orders (
    id                 bigint primary key default nextval('order_key'),
    order_id           text not null unique,
    attempt            int not null default 1,
    state              text not null check (state in ('RECEIVED', 'RESOLVED', 'HELD', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN',
                           'PURCHASED', 'PROVISIONED', 'REJECTED', 'FAILED', 'CANCELLED')),
    account_id         uuid not null,
    project_id         uuid,
    campaign           text,
    max_cost           numeric(14, 2),
    license_user       text not null,
    run_limit          int not null check (run_limit > 0),
    ram                int not null check (ram > 0),
    cpu                int not null check (cpu > 0),
    disk               int not null check (disk > 0),
    member             boolean not null,
    uptime             text not null,
    boost              boolean not null,
    period             text not null,
    starts             timestamptz,
    ends               timestamptz,
    title              text,
    description        text,
    content_hash       text not null,
    source             text not null,
    import_id          bigint,
    email_known        boolean not null default false,
    -- bound by the first add intent, by the account's CoCalc id
    purchasing_account uuid,
    purchasing_name    text,
    cart_item_id       bigint,
    quoted_cost        numeric(14, 2),
    cost               numeric(14, 2),
    license_id         uuid unique,
    purchase_id        bigint,
    code               text,
    message            text,
    -- how many rows of order_event there are: the number of the last one
    events             int not null default 0,
    holds              int not null default 0,
    received_at        timestamptz not null,
    state_since        timestamptz not null,
    completed_at       timestamptz,
    -- when the next try of what this state waits for is due
    due_at             timestamptz,
    -- a cart item belongs to one order: the second line of defence against buying twice
    unique (purchasing_account, cart_item_id)
);

create index orders_working on orders (state, id) where state not in ('PROVISIONED', 'REJECTED', 'FAILED', 'CANCELLED');
create index orders_of_account on orders (purchasing_account, state) where state in ('RESOLVED', 'HELD', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN');
create index orders_waiting_for_customer on orders (account_id) where state = 'RECEIVED';
create index orders_of_import on orders (import_id) where import_id is not null;

-- Append-only: what happened to an order, and why.
create table order_event (
    order_ref  bigint not null references orders (id),
    number     int not null,
    attempt    int not null,
    at         timestamptz not null,
    from_state text,
    to_state   text not null,
    why        text not null,
    actor      text not null,
    primary key (order_ref, number)
);

-- What is known of the accounts that licenses are for. One row is one email lookup.
create table customer (
    account_id    uuid primary key,
    -- has orders that wait for the answer
    waiting       boolean not null default true,
    known         boolean,
    email         text,
    looked_up_at  timestamptz,
    claimed_until timestamptz
);

create index customer_waiting on customer (account_id) where waiting;
