/** What departments reported of a city for earlier years is kept with the check-up that found it; earlier check-ups have none until the next. */
export const sql = `
alter table checkup_indicator add column earlier jsonb not null default '[]';
`;
