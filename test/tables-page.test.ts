// Holds docs/tables.md against the contracts in the code.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONTRACTS } from '../src/import/table/contracts.ts';

it('docs/tables.md lists the columns that the readers know', async () => {
  const script = '../scripts/tables-page.mjs';
  const { renderPage } = (await import(script)) as { renderPage(page: string, contracts: unknown): string };
  const page = readFileSync(new URL('../docs/tables.md', import.meta.url), 'utf8');
  expect(page).toBe(renderPage(page, CONTRACTS));
});
