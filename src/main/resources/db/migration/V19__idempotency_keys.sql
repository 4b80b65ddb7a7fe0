-- The first answer to a request that was sent with an Idempotency-Key; without a status while it is being made.
create table idempotency_key (
    caller        text not null,
    key           text not null,
    fingerprint   text not null,
    status        int,
    location      text,
    media_type    text,
    body          text,
    -- by the request that makes the answer, and until when nobody else may
    claim         uuid not null,
    claimed_until timestamptz not null,
    expires_at    timestamptz not null,
    primary key (caller, key)
);

create index idempotency_key_expiry on idempotency_key (expires_at);
