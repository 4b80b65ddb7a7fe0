-- One row for each order that is or was about to be paid: open until settled or released, and then never changed.
create table reservation (
    id          bigint generated always as identity primary key,
    account_id  uuid not null,
    -- null for the cent by which a total can exceed its lines
    order_ref   bigint references orders (id),
    checkout_id bigint,
    amount      numeric(14, 2) not null check (amount >= 0),
    reserved_at timestamptz not null default now(),
    released_at timestamptz,
    spent       numeric(14, 2),
    spent_at    timestamptz,
    check (released_at is null or spent is null),
    check ((spent is null) = (spent_at is null))
);

create index reservation_open on reservation (account_id) where released_at is null and spent is null;
create index reservation_spent on reservation (account_id, spent_at) where spent is not null;
create index reservation_of_checkout on reservation (checkout_id);
