-- One outbox for all that the world is told. The default is for what a release before this one wrote.
alter table outbox
    add column topic          text not null default 'OUTCOMES' check (topic in ('OUTCOMES', 'RESULTS', 'RECONCILIATION')),
    add column correlation_id text;
