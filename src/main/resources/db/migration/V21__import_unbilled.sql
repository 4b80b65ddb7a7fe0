-- Its orders are final, but the ledger has not told yet what some of them cost: the results are written once more then.
alter table import add column unbilled boolean not null default false;

create index import_unbilled on import (look_at) where unbilled;
