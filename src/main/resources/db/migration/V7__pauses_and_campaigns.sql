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
