-- A command's id is kept for ever, so that it is never carried out twice; what it was about and answered is kept for a while.
alter table command add column forgotten boolean not null default false;

create index command_to_forget on command (completed_at) where completed_at is not null and not forgotten;
