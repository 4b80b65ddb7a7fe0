create table purchasing_account (
    account_id   uuid primary key,
    name         text not null unique,
    -- the lease: one instance works an account, and every write proves its fencing number
    holder       text,
    fence        bigint not null default 0,
    lease_until  timestamptz,
    paused       boolean not null default false,
    pause_reason text,
    -- in USD, as CoCalc printed it
    balance      numeric,
    balance_at   timestamptz,
    -- when everything bought until then had been read
    looked_at    timestamptz
);

-- Add intents, written before the call. These rows are also the count for the throttle.
create table cart_add (
    id         bigint generated always as identity primary key,
    account_id uuid not null references purchasing_account,
    order_ref  bigint not null references orders (id),
    fence      bigint not null,
    sent_at    timestamptz not null default now(),
    -- null while nobody knows whether an item came of it
    result     text check (result in ('ADDED', 'REFUSED', 'NOT_SENT', 'FOUND', 'LOST')),
    counted_at timestamptz
);

create index cart_add_open on cart_add (account_id) where result is null;
create index cart_add_counted on cart_add (account_id, sent_at);

-- Pay intents, written before the call.
create table checkout (
    id          bigint generated always as identity primary key,
    account_id  uuid not null references purchasing_account,
    fence       bigint not null,
    total       numeric(14, 2) not null,
    written_at  timestamptz not null default now(),
    -- PAYING: about to be sent or sent; DOUBTED: the answer is not known; DISARMED: every tick was taken away, the quiet time runs
    state       text not null check (state in ('PAYING', 'DOUBTED', 'DISARMED', 'SETTLED', 'CALLED_OFF')),
    disarmed_at timestamptz,
    closed_at   timestamptz,
    why         text
);

-- One open checkout for each account, by the database's word.
create unique index checkout_open on checkout (account_id) where state in ('PAYING', 'DOUBTED', 'DISARMED');

create table checkout_line (
    checkout_id bigint not null references checkout,
    order_ref   bigint not null references orders (id),
    item_id     bigint not null,
    price       numeric(14, 2) not null,
    primary key (checkout_id, order_ref)
);

-- Every token that was ever seen bought, whether its order is known or not.
create table bought_item (
    account_id uuid not null references purchasing_account,
    item_id    bigint not null,
    order_id   text not null,
    license_id uuid not null,
    bought_at  timestamptz,
    primary key (account_id, item_id)
);

create index bought_item_of_order on bought_item (order_id);

-- Ticks of items that are not ours, taken away before a quote and put back afterwards.
create table foreign_tick (
    account_id uuid not null references purchasing_account,
    item_id    bigint not null,
    noted_at   timestamptz not null default now(),
    primary key (account_id, item_id)
);
