/** A city's own figures for the lights of its tasks: a row for every time somebody set them. */
export const sql = `
create table light_setting (
  city_id text not null references city on delete cascade,
  setting_id bigint generated always as identity,
  at timestamptz not null,
  who text not null,
  reason text not null,
  -- from then on; null: the program's own
  settings jsonb,
  primary key (city_id, setting_id)
);
`;
