-- Reports of a million rows pile up: those of old runs go, with what they found left in their totals.
alter table reconciliation add column weeded_at timestamptz;
