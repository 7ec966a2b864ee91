// Compiled files whose source is gone would still be found by import(): a renamed route would answer twice, a deleted one for ever.
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const COMPILED = /\.(?:js|d\.ts)(?:\.map)?$/;

/**
 * Removes from `compiled` what the compiler once made of sources that `sources` no longer holds, and folders left empty by it.
 * Files of other endings and the folders named in `kept` (directly below `compiled`) are none of the compiler's.
 *
 * @returns the removed files, relative to `compiled`
 */
export function removeOrphans(sources, compiled, kept = []) {
  const removed = [];
  const visit = (folder) => {
    for (const entry of readdirSync(join(compiled, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (kept.includes(path)) continue;
        const before = removed.length;
        visit(path);
        if (removed.length > before && readdirSync(join(compiled, path)).length === 0) rmdirSync(join(compiled, path));
      } else if (COMPILED.test(path)) {
        const source = join(sources, path.replace(COMPILED, ''));
        if (existsSync(`${source}.ts`) || existsSync(`${source}.tsx`)) continue;
        rmSync(join(compiled, path));
        removed.push(path);
      }
    }
  };
  if (existsSync(compiled)) visit('');
  return removed;
}
