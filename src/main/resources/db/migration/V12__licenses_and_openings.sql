-- The run in which all licenses of the account were told; without it, none is called missing.
alter table ledger_known add column licenses_run bigint references reconciliation;

-- The first line of a closed month is its opening balance.
alter table closed_line alter column account_id drop not null, alter column purchase_id drop not null;
