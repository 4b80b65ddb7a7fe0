-- What CoCalc was asked about a checkout whose outcome is not known, for people.
alter table checkout
    add column asked       integer not null default 0,
    add column asked_at    timestamptz,
    add column last_answer text;
