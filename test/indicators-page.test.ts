// Holds docs/indicators.md against the catalogue and the operators in the code. Stale? node scripts/build.mjs && node scripts/indicators-page.mjs
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACILITY_KINDS } from '../src/base/facilities/kinds.ts';
import { listCatalogue } from '../src/checkup/catalogue/list-catalogue.ts';
import { conditionSchema } from '../src/checkup/operators/condition-schema.ts';
import { listOperators } from '../src/checkup/operators/list.ts';

const parts = { indicators: listCatalogue(), operators: listOperators(), conditionSchema, kinds: FACILITY_KINDS };

it('docs/indicators.md lists the catalogue, the operators and their parameters as they are', async () => {
  const script = '../scripts/indicators-page.mjs';
  const { renderPage } = (await import(script)) as { renderPage(page: string, content: typeof parts): string };
  const page = readFileSync(new URL('../docs/indicators.md', import.meta.url), 'utf8');
  expect(page).toBe(renderPage(page, parts));
});

it('docs/indicators.md says of every parameter what it is', () => {
  const page = readFileSync(new URL('../docs/indicators.md', import.meta.url), 'utf8');
  for (const { id } of parts.operators) expect(page).toContain(`\n### ${id}\n`);
  for (const { id } of parts.indicators) expect(page).toContain(`\`${id}\``);
});
