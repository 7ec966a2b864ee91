// Holds docs/glossary.md against the code: a word that the page defines is one that the code exports, and the other way round
// for the closed lists (levels, layers).
import { readFileSync, readdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CORE_LAYERS, PLACE_LEVELS } from '../src/import/model.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = readFileSync(join(root, 'docs/glossary.md'), 'utf8');

function readRows(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|---'))
    .slice(1)
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

const code = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

function isExported(identifier: string): boolean {
  return new RegExp(`export (?:declare )?(?:abstract )?(?:interface|type|class|const|function) ${identifier}\\b`).test(code);
}

describe('docs/glossary.md', () => {
  const concepts = readRows('Concepts');

  it('defines each word once, in both languages', () => {
    expect(concepts.length).toBeGreaterThan(20);
    for (const column of [0, 1]) {
      const words = concepts.map((row) => row[column]);
      expect(words.filter((word, i) => word === '' || words.indexOf(word) !== i)).toEqual([]);
    }
  });

  it('names identifiers that the code exports', () => {
    const missing = concepts.map((row) => row[2]).filter((cell) => cell !== 'later' && !isExported(cell.replaceAll('`', '')));
    expect(missing).toEqual([]);
  });

  it('calls nothing "later" that exists', () => {
    expect(concepts.filter((row) => row[2] === 'later' && isExported(row[0])).map((row) => row[0])).toEqual([]);
  });

  it('lists the levels of places as the code knows them', () => {
    expect(readRows('Levels of places').map((row) => row[0])).toEqual([...PLACE_LEVELS]);
  });

  it('lists the layers as the code knows them', () => {
    expect(readRows('Layers').map((row) => row[0])).toEqual([...CORE_LAYERS]);
  });
});
