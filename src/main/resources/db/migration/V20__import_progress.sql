-- How far the reading of a file is, for people who wait; and how fast it goes.
alter table import
    add column bytes_read      bigint not null default 0,
    add column rows_per_second bigint;

-- A row that was accepted is known by its order and needs no line of its own: that is most rows of most files.
comment on table import_row is 'rows that were not accepted; rows of older imports, also those that were';
