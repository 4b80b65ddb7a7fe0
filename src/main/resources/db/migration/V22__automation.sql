-- A command: asked for once, carried out until it has ended, answered once. The unique id is what makes it once.
create table command (
    ref          bigint generated always as identity primary key,
    -- the sender's
    id           text not null unique,
    verb         text not null,
    -- JSON; text, because it may hold a NUL that jsonb refuses. A document to compile is taken out of it at the end.
    data         text not null,
    content_hash text not null,
    source       text not null,
    import_id    bigint references import (id),
    state        text not null default 'WAITING' check (state in ('WAITING', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    attempts     int not null default 0,
    -- when it is tried next; of one that runs: when whoever runs it counts as dead
    due_at       timestamptz not null default now(),
    claim        uuid,
    received_at  timestamptz not null,
    expires_at   timestamptz not null,
    completed_at timestamptz,
    -- why it failed or is tried again, in one word and for a person
    code         text,
    message      text,
    result       text,
    check ((completed_at is not null) = (state in ('SUCCEEDED', 'FAILED')))
);

create index command_due on command (due_at) where state in ('WAITING', 'RUNNING');
create index command_open_of_import on command (import_id) where state in ('WAITING', 'RUNNING');
