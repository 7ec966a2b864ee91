/** What residents said of a finding's topic is kept in both languages; what was written before stays until the next check-up. */
export const sql = `
update finding set row = jsonb_set(row, '{survey}', jsonb_build_object('zh', row->'survey', 'en', row->'survey')) where jsonb_typeof(row->'survey') = 'string';
`;
