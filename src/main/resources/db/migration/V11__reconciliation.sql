-- CoCalc's ledger as it was read, one row for each purchase. Once its month is closed, a line stays as it was sealed.
create table ledger_line (
    account_id    uuid not null references purchasing_account,
    id            bigint not null,
    -- when its transaction began, in milliseconds
    time          timestamptz not null,
    -- as CoCalc printed it, a 4-byte real; null while a metered service runs, and then so_far counts
    cost          numeric,
    so_far        numeric,
    cents         bigint not null,
    service       text not null,
    item_id       bigint,
    license_id    uuid,
    -- from the last line of the item's free text: our order, or somebody else's token
    order_id      text,
    other_token   text,
    period_start  timestamptz,
    period_end    timestamptz,
    raw           jsonb not null,
    -- the closed month that it is sealed in
    month         date,
    primary key (account_id, id)
);

-- What CoCalc says now about a line that is sealed: it counts in the open month.
create table ledger_change (
    account_id uuid not null,
    id         bigint not null,
    read_at    timestamptz not null default now(),
    cost       numeric,
    -- how many more cents than before
    cents      bigint not null,
    raw        jsonb not null,
    month      date,
    primary key (account_id, id, read_at),
    foreign key (account_id, id) references ledger_line
);

-- Up to where the ledger of an account is known without a gap.
create table ledger_known (
    account_id uuid primary key references purchasing_account,
    -- database time at the beginning of the last pull that was proven; null: everything is read again
    known_at   timestamptz,
    -- by CoCalc's clock: everything before it is stored
    until      timestamptz,
    subscriptions_at timestamptz
);

-- Licenses that an account manages, as licenses/get-managed told at the last pull.
create table managed_license (
    account_id uuid not null references purchasing_account,
    license_id uuid not null,
    created    timestamptz,
    -- who bought it, where it says so
    buyer      uuid,
    order_id   text,
    seen_run   bigint not null,
    primary key (account_id, license_id)
);

-- What renews itself at CoCalc, as purchases/get-subscriptions told.
create table subscription (
    account_id uuid not null references purchasing_account,
    id         bigint not null,
    license_id uuid,
    status     text not null,
    -- month or year
    every      text not null,
    cost       numeric not null,
    -- the end of what is paid; renewals are tried five days before it
    paid_until timestamptz not null,
    primary key (account_id, id)
);

create table reconciliation (
    id          bigint generated always as identity primary key,
    state       text not null check (state in ('RUNNING', 'COMPLETED', 'PULL_INCOMPLETE')),
    from_day    date,
    to_day      date,
    actor       text not null,
    phase       text not null,
    -- lines of the ledger: read so far, and how many there were to read
    pulled      bigint not null default 0,
    to_pull     bigint,
    eta_seconds bigint,
    reason      text,
    -- what was proven about the pull and what could not be, in words
    proof       text,
    -- the sum of all lines in its range, in cents
    bill_cents  bigint,
    holder      uuid,
    lease_until timestamptz,
    started_at  timestamptz not null default now(),
    finished_at timestamptz
);

-- Two runs at once are one run.
create unique index reconciliation_running on reconciliation (state) where state = 'RUNNING';

create table reconciliation_row (
    run_id          bigint not null references reconciliation,
    id              bigint generated always as identity,
    finding         text not null,
    order_ref       bigint,
    order_id        text,
    campaign        text,
    account_id      uuid,
    cart_item_id    bigint,
    purchase_id     bigint,
    license_id      uuid,
    ordered_cents   bigint,
    quoted_cents    bigint,
    billed_cents    bigint,
    raw_cost        numeric,
    rule            text,
    ordered_from    timestamptz,
    ordered_to      timestamptz,
    billed_from     timestamptz,
    billed_to       timestamptz,
    purchase_time   timestamptz,
    -- since when the row is what it is: the purchase's time, or the order's
    since           timestamptz,
    note            text,
    primary key (run_id, id)
);

create table reconciliation_total (
    run_id        bigint not null references reconciliation,
    finding       text not null,
    count         bigint not null,
    ordered_cents bigint not null,
    billed_cents  bigint not null,
    primary key (run_id, finding)
);

-- A difference lives on until the facts agree. The subject is a purchase, an order or a license.
create table discrepancy (
    id           bigint generated always as identity primary key,
    finding      text not null,
    subject      text not null,
    order_id     text,
    account_id   uuid,
    purchase_id  bigint,
    license_id   uuid,
    ordered_cents bigint,
    billed_cents bigint,
    opened_run   bigint not null references reconciliation,
    opened_at    timestamptz not null default now(),
    seen_run     bigint not null references reconciliation,
    seen_at      timestamptz not null default now(),
    seen_times   int not null default 1,
    explained_by text,
    explained_at timestamptz,
    note         text,
    closed_run   bigint references reconciliation,
    closed_at    timestamptz,
    check ((explained_by is null) = (explained_at is null))
);

create unique index discrepancy_open on discrepancy (finding, subject) where closed_at is null;
create index discrepancy_of_order on discrepancy (order_id) where order_id is not null;

-- A closed month (UTC). The hash is the last one of its chain.
create table closed_month (
    month         date primary key,
    opening_cents bigint not null,
    closing_cents bigint not null,
    lines         bigint not null,
    hash          bytea not null,
    closed_by     text not null,
    closed_at     timestamptz not null default now()
);

create table closed_line (
    month    date not null references closed_month deferrable initially deferred,
    n        bigint not null,
    account_id uuid not null,
    purchase_id bigint not null,
    cents    bigint not null,
    -- what the hash is made of
    content  text not null,
    hash     bytea not null,
    primary key (month, n)
);

-- Each link is the SHA-256 of the link before and the line.
create function chain_link(before bytea, line text) returns bytea
    language sql immutable parallel unsafe
    return sha256(before || convert_to(line, 'UTF8'));

create aggregate chain(text) (sfunc = chain_link, stype = bytea, initcond = '\x');

-- Purser's own price function (budget.Prices), for a whole ledger at once; in USD for all projects, null where a word is not known.
create function license_price(who text, run_limit int, ram int, cpu int, disk int, is_member boolean, uptime text,
                              period text, millis numeric) returns numeric
    language sql immutable
    return
        (select run_limit * case period
                    when 'MONTHLY' then per_month
                    when 'YEARLY' then 12 * per_month
                    when 'RANGE' then ceil(100 * per_month * millis / 2635200000) / 100 end
           from (select ceil(100 * (((ram * 0.625 + cpu * 5) / 1.2
                            * case uptime when 'SHORT' then 1 when 'MEDIUM' then 2 when 'DAY' then 4
                                          when 'ALWAYS_RUNNING' then case when is_member then 7 else 2 end end
                            * case when is_member or uptime = 'DAY' then 2 else 1 end
                            + disk * 0.25 / 0.6)
                        * case who when 'ACADEMIC' then 0.6 when 'BUSINESS' then 1 end
                        * case period when 'MONTHLY' then 0.9 when 'YEARLY' then 0.75 when 'RANGE' then 1 end
                        - 0.00001)) / 100 as per_month) p);
