/** Check-ups: what each measured, and what it was made from. */
export const sql = `
create table checkup (
  city_id text not null references city on delete cascade,
  checkup_id integer not null,
  period integer not null,
  -- readers see complete ones only; one a period
  state text not null check (state in ('staging', 'complete', 'discarded')),
  -- while that run lives it holds the lock run:<id>, so a sweep can tell a dead one
  run_id text not null,
  revision integer not null,
  snapshot_key text not null default '',
  city_class text,
  city_rank text,
  seconds double precision,
  who text not null,
  program_version text not null,
  -- dimensions as graded
  dimensions jsonb not null default '[]',
  notes jsonb not null default '[]',
  -- scores by topic
  survey jsonb not null default '{}',
  -- the places by number, deflated JSON (checkup/store/place-list.ts)
  places bytea,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (city_id, checkup_id)
);
create unique index checkup_complete on checkup (city_id, period) where state = 'complete';

-- an indicator in a check-up: the city as a whole, and where it came from
create table checkup_indicator (
  city_id text not null,
  checkup_id integer not null,
  indicator_id text not null,
  position integer not null,
  -- the definition it was measured by
  definition jsonb not null,
  quality text not null check (quality in ('measured', 'proxy', 'reported', 'missing')),
  value double precision,
  numerator double precision,
  denominator double precision,
  n double precision,
  grade text,
  grade_steps jsonb not null default '[]',
  missing jsonb,
  levels text[] not null default '{}',
  notes jsonb not null default '[]',
  operator text not null default '',
  parameters jsonb not null default '{}',
  needs text[] not null default '{}',
  inputs integer[] not null default '{}',
  -- of checkup_result; null where it is missing
  result_hash text,
  reused boolean not null default false,
  computed_at timestamptz not null,
  -- by place number: 0 none, else 1 + the grade
  grades bytea,
  primary key (city_id, checkup_id, indicator_id),
  foreign key (city_id, checkup_id) references checkup on delete cascade
);
create index checkup_indicator_result on checkup_indicator (city_id, result_hash);

-- values of all places and what stands behind them, named by what they were made from: the same name, the same values
create table checkup_result (
  city_id text not null references city on delete cascade,
  result_hash text not null,
  -- deflated sections (checkup/store/result-bytes.ts)
  bytes bytea not null,
  computed_at timestamptz not null default now(),
  primary key (city_id, result_hash)
);
alter table checkup_result alter column bytes set storage external;

-- indicator by place of the tree; cells are in checkup_result alone
create table measurement (
  city_id text not null,
  checkup_id integer not null,
  indicator_id text not null,
  place_id text not null,
  level text not null,
  quality text not null,
  value double precision not null,
  numerator double precision,
  denominator double precision,
  n double precision,
  grade text,
  primary key (city_id, checkup_id, place_id, indicator_id)
);
-- in place of a foreign key, whose check of every row takes as long as the copying itself
create function delete_measurements() returns trigger language plpgsql as $body$
begin
  delete from measurement m using gone where m.city_id = gone.city_id and m.checkup_id = gone.checkup_id;
  return null;
end
$body$;
create trigger checkup_gone after delete on checkup referencing old table as gone for each statement execute function delete_measurements();

-- indicators that a city's users defined
create table user_indicator (
  city_id text not null references city on delete cascade,
  indicator_id text not null,
  definition jsonb not null,
  who text not null,
  added_at timestamptz not null default now(),
  primary key (city_id, indicator_id)
);

create table checkup_setting (
  city_id text primary key references city on delete cascade,
  settings jsonb not null,
  updated_at timestamptz not null default now()
);
`;
