-- Lines that run are asked for at each pull, and what edited a license is asked for each such line; both are few among millions.
create index ledger_line_running on ledger_line (account_id, time) where cost is null;
create index ledger_line_edits on ledger_line (account_id, license_id) where license_id is not null and service <> 'license';
