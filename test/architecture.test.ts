// Reads the allowed-imports table out of docs/architecture.md and holds the code against it, both ways.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');

function readAllowed(): Map<string, Set<string>> {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const section = page.split('## Who may import whom')[1]?.split('\n## ')[0] ?? '';
  const allowed = new Map<string, Set<string>>();
  for (const line of section.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length < 4 || cells[1] === 'folder' || cells[1].startsWith('---')) continue;
    allowed.set(cells[1], new Set(cells[2].split(',').map((name) => name.trim()).filter(Boolean)));
  }
  return allowed;
}

function listSources(): string[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Relative imports of a source file, static and dynamic, comments left aside. */
function listImports(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => resolve(dirname(file), match[1]));
}

const folderOf = (file: string): string => relative(src, file).split(sep)[0];

describe('the folders import as docs/architecture.md says', () => {
  const allowed = readAllowed();
  const used = new Map<string, Set<string>>();
  const offences: string[] = [];
  for (const file of listSources()) {
    const from = folderOf(file);
    for (const target of listImports(file)) {
      if (!target.startsWith(src + sep)) continue;
      const to = folderOf(target);
      if (to === from) continue;
      used.set(from, (used.get(from) ?? new Set()).add(to));
      if (!allowed.get(from)?.has(to)) offences.push(`${relative(root, file)} imports ${relative(root, target)}`);
    }
  }

  it('reads a table with every folder of src that holds code', () => {
    const folders = [...new Set(listSources().map(folderOf))].sort();
    expect([...allowed.keys()].sort()).toEqual(folders);
  });

  it('crosses no border that the table closes', () => {
    expect(offences).toEqual([]);
  });

  it('uses every arrow that the table opens', () => {
    const unused = [...allowed].flatMap(([from, targets]) => [...targets].filter((to) => !used.get(from)?.has(to)).map((to) => `${from} → ${to}`));
    expect(unused).toEqual([]);
  });

  it('lets the pages see only models, schemas and pure rules of a stage', () => {
    const pure = /^(core|engine\/(optimise|spatial|statistics|graph))\/|^engine\/library\.ts$|^[a-z]+\/(model|api)\.ts$|^base\/(places|facilities|population|tiles|network\/reach)\/|^checkup\/((catalogue|findings|grading|survey)\/|city-words\.ts$)|^delivery\/(review|ledger|outlook|trace)\/|^policy\//;
    const seen = listSources()
      .filter((file) => folderOf(file) === 'web')
      .flatMap((file) => listImports(file).filter((target) => target.startsWith(src + sep) && folderOf(target) !== 'web'))
      .map((target) => relative(src, target).split(sep).join('/'));
    expect(seen.filter((target) => !pure.test(target))).toEqual([]);
  });
});
