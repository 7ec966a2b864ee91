import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const { removeOrphans } = (await import(new URL('../scripts/remove-orphans.mjs', import.meta.url).href)) as {
  removeOrphans(sources: string, compiled: string, kept?: readonly string[]): string[];
};

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

test('what was compiled from a source that is gone goes; everything else stays', () => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-build-'));
  lay(['src/base/open.ts', 'src/base/kept/a.ts']);
  const stays = ['dist/.built', 'dist/base/open.js', 'dist/base/open.js.map', 'dist/base/open.d.ts', 'dist/base/kept/a.js', 'dist/engine/kernel.wasm', 'dist/web/assets/page.js', 'dist/template/postgis.tar'];
  const goes = ['dist/base/shut.js', 'dist/base/shut.js.map', 'dist/base/shut.d.ts', 'dist/gone/deep/b.js', 'dist/gone/c.d.ts', 'dist/engine/kernel.js'];
  lay([...stays, ...goes]);

  const removed = removeOrphans(join(folder, 'src'), join(folder, 'dist'), ['web', 'template']);

  expect(removed.map((name) => `dist/${name.replaceAll('\\', '/')}`).toSorted()).toEqual(goes.toSorted());
  for (const name of stays) expect(existsSync(join(folder, name)), name).toBe(true);
  for (const name of [...goes, 'dist/gone']) expect(existsSync(join(folder, name)), name).toBe(false);
});

test('a first build has nothing to remove', () => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-build-'));
  lay(['src/base/open.ts']);
  expect(removeOrphans(join(folder, 'src'), join(folder, 'dist'))).toEqual([]);
});
