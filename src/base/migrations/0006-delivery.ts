/** Policy documents with what was decided about them, and the ledger of tasks. */
export const sql = `
create table policy_document (
  city_id text not null references city on delete cascade,
  document_id text not null,
  title text not null,
  kind text not null,
  issuer text,
  published_at date,
  file_name text not null,
  media_type text not null,
  sha256 text not null,
  -- as imported
  bytes bytea not null,
  text text not null,
  -- the reader's, without the text; read again when the reader's version differs
  reading jsonb not null,
  reader_version text not null,
  who text not null,
  imported_at timestamptz not null default now(),
  primary key (city_id, document_id)
);
alter table policy_document alter column bytes set storage external;

-- what persons decided about what the reader proposed, and what they added
create table policy_decision (
  city_id text not null,
  document_id text not null,
  item_id text not null,
  -- the item as decided, with its anchor in the text
  item jsonb not null,
  who text not null,
  at timestamptz not null,
  primary key (city_id, document_id, item_id),
  foreign key (city_id, document_id) references policy_document on delete cascade
);
-- confirmed and rejected links; proposals are computed
create table policy_link (
  city_id text not null,
  document_id text not null,
  link_id text not null,
  link jsonb not null,
  who text not null,
  at timestamptz not null,
  primary key (city_id, document_id, link_id),
  foreign key (city_id, document_id) references policy_document on delete cascade
);
create table policy_change (
  city_id text not null,
  change_id bigint generated always as identity,
  -- changes made in one act have one number and are undone together
  change_set text not null,
  document_id text not null,
  subject text not null,
  at timestamptz not null,
  who text not null,
  action text not null,
  before jsonb,
  after jsonb,
  reason text,
  primary key (city_id, change_id),
  foreign key (city_id, document_id) references policy_document on delete cascade
);
create index policy_change_of on policy_change (city_id, document_id, change_set);

create table task (
  city_id text not null references city on delete cascade,
  task_id text not null,
  source text not null,
  -- document, finding … it came from; text, as what it names may go
  source_ref text,
  state text not null,
  deadline date,
  -- the whole row as HTTP gives it, without what is computed
  row jsonb not null,
  updated_at timestamptz not null,
  primary key (city_id, task_id)
);
create index task_source on task (city_id, source, source_ref);
create index task_deadline on task (city_id, deadline);
create table task_change (
  city_id text not null,
  change_id bigint generated always as identity,
  change_set text not null,
  task_id text not null,
  at timestamptz not null,
  who text not null,
  by text not null check (by in ('person', 'workbook', 'import', 'undo')),
  field text not null,
  before jsonb,
  after jsonb,
  reason text,
  primary key (city_id, change_id),
  foreign key (city_id, task_id) references task on delete cascade
);
create index task_change_of on task_change (city_id, task_id);
create index task_change_set on task_change (city_id, change_set);
create table task_number (
  city_id text primary key references city on delete cascade,
  last integer not null
);
`;
