// Writes the tables part of docs/tables.md from the contracts in the code: node scripts/tables-page.mjs (after a build).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = new URL('../docs/tables.md', import.meta.url);
const MARK = '<!-- from here on written by scripts/tables-page.mjs -->\n';

function describeValues(column) {
  const parts = [];
  if (column.values !== undefined) {
    const spellings = new Map();
    for (const [written, stored] of Object.entries(column.values)) spellings.set(stored, [...(spellings.get(stored) ?? []), written]);
    parts.push([...spellings].map(([stored, written]) => `\`${stored}\` ← ${written.slice(0, 4).join(', ')}`).join('; '));
  }
  if (column.min !== undefined || column.max !== undefined) parts.push(`${column.min ?? '−∞'} … ${column.max ?? '∞'}`);
  if (column.unit !== undefined) parts.push(column.unit === 'm2' ? 'm²' : column.unit);
  return parts.join('; ');
}

/** The sections of all contracts, as Markdown. */
export function renderTables(contracts) {
  return Object.values(contracts)
    .map((contract) => {
      const rows = contract.columns.map((column) => `| ${column.required ? `**${column.name}**` : column.name} | ${column.label.zh} | ${column.type} | ${describeValues(column)} | ${column.also.slice(1, 7).join(', ')} |`);
      return `## ${contract.contract} · ${contract.label.zh}\n\n${contract.key === undefined ? '' : `Unique: \`${contract.key}\`. `}\n\n| column | 中文 | type | values | also written |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
    })
    .join('\n');
}

export function renderPage(page, contracts) {
  return page.split(MARK)[0] + MARK + '\n' + renderTables(contracts);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { CONTRACTS } = await import('../dist/import/table/contracts.js');
  writeFileSync(PAGE, renderPage(readFileSync(PAGE, 'utf8'), CONTRACTS));
}
