/** Workbooks that were taken over into the ledger, so that each can be taken back as a whole. */
export const sql = `
create table ledger_import (
  city_id text not null references city on delete cascade,
  import_id bigint generated always as identity,
  at timestamptz not null,
  who text not null,
  file text not null,
  -- for every finding it changed, which fields a person had edited before: {"<finding>": ["note"]}
  edited jsonb not null,
  undone_at timestamptz,
  undone_by text,
  primary key (city_id, import_id)
);
alter table finding_change add column import_id bigint;
-- true where the change took an import back
alter table finding_change add column undoes boolean not null default false;
create index finding_change_import on finding_change (city_id, import_id) where import_id is not null;
`;
