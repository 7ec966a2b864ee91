/** The ledger of a city's findings and what happened to each. */
export const sql = `
create table finding (
  city_id text not null references city on delete cascade,
  finding_id text not null,
  indicator_id text not null,
  place_id text not null,
  level text not null,
  dimension text,
  stage text not null,
  kind text not null,
  severity smallint not null,
  priority text not null,
  first_period integer not null,
  last_period integer not null,
  -- the whole row as HTTP gives it
  row jsonb not null,
  primary key (city_id, finding_id)
);
create index finding_place on finding (city_id, place_id);
create table finding_change (
  city_id text not null,
  change_id bigint generated always as identity,
  finding_id text not null,
  at timestamptz not null,
  who text not null,
  by text not null check (by in ('person', 'checkup', 'workbook')),
  field text not null,
  before jsonb,
  after jsonb,
  reason text,
  primary key (city_id, change_id),
  foreign key (city_id, finding_id) references finding on delete cascade
);
create index finding_change_of on finding_change (city_id, finding_id);
`;
