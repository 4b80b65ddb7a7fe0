-- Append-only: one decision about several orders at once, for how much together, by whom.
create table approval (
    id          bigint generated always as identity primary key,
    orders      int not null check (orders > 0),
    total       numeric(14, 2) not null,
    approved_by text not null,
    approved_at timestamptz not null
);

-- null where the order was approved by itself
alter table order_approval add column approval_id bigint references approval;
