-- When a tick was last asked to be put back; while that may still be carried out, nothing is paid.
alter table foreign_tick add column retick_at timestamptz;
