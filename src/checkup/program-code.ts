/** A hash of the code that measures: results of another version of it are not reused. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders whose code values follow from. 250 files, 30 ms. */
const FOLDERS = ['city', 'operators', '../engine/spatial', '../engine/graph', '../engine/statistics', '../base/population'];

let known: string | undefined;

export function programCode(): string {
  known ??= hashCode();
  return known;
}

function hashCode(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const hash = createHash('sha1');
  for (const folder of FOLDERS) {
    const files = listCode(join(here, folder));
    for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(here, folder, file)));
  }
  return hash.digest('hex');
}

function listCode(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|ts)$/.test(name) && !/\.(test|d)\.ts$/.test(name)).sort();
  } catch {
    // a folder that this build does not have
    return [];
  }
}
