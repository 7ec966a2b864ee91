/** Files that a task's progress shows as evidence; the entries name them. */
export const sql = `
create table task_file (
  city_id text not null,
  task_id text not null,
  name text not null,
  size_bytes integer not null,
  sha256 text not null,
  bytes bytea not null,
  who text not null,
  at timestamptz not null,
  primary key (city_id, task_id, name),
  foreign key (city_id, task_id) references task on delete cascade
);
alter table task_file alter column bytes set storage external;
`;
