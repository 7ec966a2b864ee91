/** The first schema: cities, batches, revisions, and the rows that batches bring. */
export const sql = `
create table city (
  city_id text primary key check (city_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name jsonb not null,
  revision integer not null default 0,
  next_batch integer not null default 1,
  settings jsonb not null default '{}',
  box double precision[],
  created_at timestamptz not null default now()
);

create table source_file (
  city_id text not null references city on delete cascade,
  sha256 text not null,
  file_name text not null,
  size_bytes bigint not null,
  complete boolean not null default false,
  stored_at timestamptz not null default now(),
  primary key (city_id, sha256)
);
create table source_file_chunk (
  city_id text not null,
  sha256 text not null,
  seq integer not null,
  bytes bytea not null,
  primary key (city_id, sha256, seq),
  foreign key (city_id, sha256) references source_file on delete cascade
);
alter table source_file_chunk alter column bytes set storage external;

create table import_batch (
  city_id text not null references city on delete cascade,
  batch_id integer not null,
  kind text not null check (kind in ('file', 'derived')),
  source_key text not null,
  file_name text not null,
  sha256 text not null,
  size_bytes bigint not null,
  format text not null,
  crs text,
  crs_guessed boolean not null default false,
  options jsonb not null default '{}',
  kept jsonb not null default '{}',
  seen jsonb not null default '{}',
  notes jsonb not null default '[]',
  box double precision[],
  state text not null check (state in ('staging', 'ready', 'discarded')),
  replaces integer,
  inputs integer[] not null default '{}',
  who text not null,
  program_version text not null,
  -- the run that staged it: while that run lives it holds the lock run:<id>, so a sweep can tell a dead one
  run_id text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (city_id, batch_id)
);

create table revision (
  city_id text not null references city on delete cascade,
  revision integer not null,
  batches integer[] not null,
  action text not null check (action in ('import', 'undo', 'derive')),
  who text not null,
  created_at timestamptz not null default now(),
  primary key (city_id, revision)
);

create table feature (
  city_id text not null,
  batch_id integer not null,
  feature_id integer not null,
  layer text not null,
  kind text not null,
  source_id text not null,
  name text,
  name_en text,
  -- m² for areas, m for lines, 0 for points
  size real not null,
  attributes jsonb not null,
  geom geometry(Geometry, 4326) not null,
  primary key (city_id, batch_id, feature_id)
);
create index feature_geom on feature using gist (geom);
create index feature_layer on feature (city_id, layer, batch_id, feature_id);
-- search looks at named rows only; a substring of two Chinese characters has no trigram, so names are read, not indexed
create index feature_named on feature (city_id, batch_id) where name is not null or name_en is not null;

-- OSM node ids along each street, one a vertex of its line
create table street (
  city_id text not null,
  batch_id integer not null,
  feature_id integer not null,
  node_ids bigint[] not null,
  primary key (city_id, batch_id, feature_id)
);

create table turn_restriction (
  city_id text not null,
  batch_id integer not null,
  source_id text not null,
  kind text not null,
  from_ways bigint[] not null,
  via_node bigint,
  via_ways bigint[] not null,
  to_ways bigint[] not null,
  attributes jsonb not null,
  primary key (city_id, batch_id, source_id)
);

create table place (
  city_id text not null,
  batch_id integer not null,
  place_id text not null,
  level text not null check (level in ('building', 'community', 'block', 'district', 'city', 'zone', 'cell')),
  parent_id text,
  name jsonb not null,
  derived boolean not null,
  population double precision,
  households double precision,
  area_m2 double precision,
  attributes jsonb not null,
  geom geometry(Geometry, 4326),
  primary key (city_id, batch_id, place_id)
);
create index place_geom on place using gist (geom);
create index place_level on place (city_id, level, batch_id);

create table facility (
  city_id text not null,
  batch_id integer not null,
  facility_id text not null,
  kind text not null,
  name text,
  capacity double precision,
  floor_m2 double precision,
  land_m2 double precision,
  sources text[] not null default '{}',
  quality text not null check (quality in ('registry', 'proxy')),
  attributes jsonb not null,
  geom geometry(Geometry, 4326) not null,
  entrances geometry(MultiPoint, 4326),
  primary key (city_id, batch_id, facility_id)
);
create index facility_geom on facility using gist (geom);
create index facility_kind on facility (city_id, kind, batch_id);

create table population_cell (
  city_id text not null,
  batch_id integer not null,
  cell_id text not null,
  population_group text not null,
  persons double precision not null,
  geom geometry(Geometry, 4326) not null,
  primary key (city_id, batch_id, population_group, cell_id)
);

-- a regular grid; data is deflated float32, row by row from the north
create table raster (
  city_id text not null,
  batch_id integer not null,
  quantity text not null,
  population_group text,
  width integer not null,
  height integer not null,
  origin_lon double precision not null,
  origin_lat double precision not null,
  cell_lon_deg double precision not null,
  cell_lat_deg double precision not null,
  data bytea not null,
  primary key (city_id, batch_id, quantity)
);
alter table raster alter column data set storage external;

-- persons where they live: at buildings, street nodes or cell centres
create table population_point (
  city_id text not null,
  batch_id integer not null,
  point_id integer not null,
  population_group text not null,
  basis text not null check (basis in ('building', 'street-node', 'cell')),
  -- the building's source id, or the cell's
  source_id text not null,
  persons double precision not null,
  geom geometry(Point, 4326) not null,
  primary key (city_id, batch_id, population_group, point_id)
);
create index population_point_geom on population_point using gist (geom);

create table table_row (
  city_id text not null,
  batch_id integer not null,
  table_name text not null,
  row_number integer not null,
  row_key text,
  values jsonb not null
);
-- not unique: sheets of one workbook may feed the same table
create index table_row_number on table_row (city_id, batch_id, table_name, row_number);
create index table_row_key on table_row (city_id, table_name, row_key);

create table transit_service (
  city_id text not null,
  batch_id integer not null,
  service_id text not null,
  weekdays boolean[] not null,
  start_date date,
  end_date date,
  added_dates date[] not null,
  removed_dates date[] not null,
  primary key (city_id, batch_id, service_id)
);
create table transit_trip (
  city_id text not null,
  batch_id integer not null,
  trip_id text not null,
  route_id text not null,
  service_id text not null,
  shape_id text,
  headsign text,
  direction_id smallint,
  stop_ids text[] not null,
  arrival_s integer[] not null,
  departure_s integer[] not null,
  frequencies jsonb not null,
  primary key (city_id, batch_id, trip_id)
);

-- nothing is selected by these, and their statistics took half of every analyze
alter table feature alter column attributes set statistics 0;
alter table street alter column node_ids set statistics 0;
alter table place alter column attributes set statistics 0;
alter table facility alter column attributes set statistics 0;
alter table transit_trip alter column stop_ids set statistics 0;
alter table transit_trip alter column arrival_s set statistics 0;
alter table transit_trip alter column departure_s set statistics 0;

create table job (
  job_id uuid primary key,
  city_id text,
  kind text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  -- how often a worker has begun it
  attempts integer not null default 0,
  progress jsonb,
  input jsonb not null,
  result jsonb,
  error jsonb,
  who text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index job_created on job (created_at);
`;
