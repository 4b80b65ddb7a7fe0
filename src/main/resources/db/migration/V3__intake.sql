-- A file that was dropped. The lease is in database time: whoever holds it reads the file, writes its results, and may go on after a crash.
create table import (
    id           bigint generated always as identity primary key,
    -- the name that the file has while it is being read; taking it is what claims the file
    claim        text not null unique,
    file_name    text not null,
    -- what its archive and results files are called
    base_name    text not null unique,
    sha256       text,
    bytes        bigint,
    separator    text,
    -- the first import of the same bytes
    repeats      bigint references import (id),
    state        text not null check (state in ('READING', 'OPEN', 'COMPLETE', 'QUARANTINED')),
    reason       text,
    row_count    bigint not null default 0,
    accepted     bigint not null default 0,
    duplicate    bigint not null default 0,
    rejected     bigint not null default 0,
    owner        uuid,
    lease_until  timestamptz not null,
    received_at  timestamptz not null,
    read_at      timestamptz,
    results_at   timestamptz,
    look_at      timestamptz,
    completed_at timestamptz,
    check (row_count = accepted + duplicate + rejected)
);

create index import_open on import (look_at) where state = 'OPEN';
create index import_of_content on import (sha256, id);

-- What became of each row when it was read. What became of its order stands with the order.
create table import_row (
    import_id bigint not null references import (id),
    row_no    bigint not null,
    order_id  text,
    status    text not null check (status in ('accepted', 'duplicate', 'rejected')),
    code      text,
    message   text,
    primary key (import_id, row_no)
);

-- Up to where each partition of the orders topic is in this database. A record behind it was read before.
create table kafka_position (
    topic       text not null,
    partition   int not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

-- An input that could not be understood, kept whole.
create table dead_letter (
    id            bigint generated always as identity primary key,
    topic         text not null,
    partition     int not null,
    record_offset bigint not null,
    -- a topic that was made anew counts from 0 again with other records
    digest        text not null,
    key           bytea,
    value         bytea,
    headers       jsonb not null,
    reason        text not null,
    attempts      int not null default 1,
    state         text not null default 'OPEN' check (state in ('OPEN', 'REPLAYED', 'DROPPED')),
    created_at    timestamptz not null,
    published_at  timestamptz,
    unique (topic, partition, record_offset, digest)
);

create index dead_letter_open on dead_letter (id) where state = 'OPEN';
