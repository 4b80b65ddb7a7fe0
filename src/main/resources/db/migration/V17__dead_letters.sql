-- Dead letters are told from the table, not by whoever read them; and people replay or drop them.
alter table dead_letter
    add column claimed_until timestamptz,
    -- 1: the dead-letter topic did not take its value, 2: nor its key and headers
    add column omitted       int not null default 0,
    add column decided_at    timestamptz,
    add column decided_by    text,
    add column note          text;

create index dead_letter_untold on dead_letter (id) where published_at is null;
