-- Each question to the ledger: CoCalc throttles them as it throttles additions.
create table ledger_read (
    id         bigint generated always as identity primary key,
    account_id uuid not null references purchasing_account,
    asked_at   timestamptz not null default now()
);

create index ledger_read_of_account on ledger_read (account_id, asked_at);

-- The last addition at the time of the last look; additions after it may have been bought unseen. No clock is asked for that.
alter table purchasing_account add column looked_add bigint not null default 0;

update purchasing_account p
   set looked_add = coalesce((select max(a.id) from cart_add a
                               where a.account_id = p.account_id and a.sent_at <= p.looked_at), 0);

alter table checkout
    -- no line of its bill is older, by CoCalc's clock
    add column bill_from timestamptz,
    -- when CoCalc had surely nothing of it to begin any more: its answer, or the disarm's
    add column answered_at timestamptz,
    -- null: the ledger was not read since; SEEN: its lines were there, and more may come until the quiet time is over
    add column bill text check (bill in ('SEEN', 'PROVEN', 'DIFFERS'));

create index checkout_unproven on checkout (account_id, closed_at)
 where state = 'SETTLED' and (bill is null or bill = 'SEEN');

-- Items that we take out of the cart, and why. From removed_at, when CoCalc answered that it is out, somebody's checkout that had
-- begun before may still buy it for the quiet time.
create table item_removal (
    account_id uuid not null references purchasing_account,
    item_id    bigint not null,
    code       text,
    message    text,
    removed_at timestamptz,
    primary key (account_id, item_id)
);

-- What CoCalc said where nobody can tell whether an item came of it.
alter table cart_add add column words text;

-- What the ledger says that it cost; the price that it was paid at stays in cost.
alter table orders add column billed_cost numeric(14, 2);
