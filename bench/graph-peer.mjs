// pandana's side of graph.mjs: its hierarchy is built once for each graph file and kept; answers are measured anew or taken from the last time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { converse } from './conversation.mjs';
import { measure } from './measure.mjs';
import { pandanaDriver } from './peers/pandana/build.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'out/pandana/graphs');
const ONE_THREAD = { OMP_NUM_THREADS: '1' };

/**
 * pandana on one graph file. `build` is its hierarchy's cost; `ask` answers a command of its driver.
 *
 * @param again whether the hierarchy is built anew although it is kept
 */
export async function openPeer(path, again) {
  mkdirSync(folder, { recursive: true });
  const key = `${basename(path, '.graph')}-${createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)}`;
  const [kept, hierarchy] = [join(folder, `${key}.json`), join(folder, `${key}.ch`)];
  const driver = pandanaDriver();
  let build = existsSync(kept) && existsSync(hierarchy) ? { ...JSON.parse(readFileSync(kept, 'utf8')), kept: true } : undefined;
  if (again || !build) {
    process.stderr.write(`pandana builds its hierarchy of ${basename(path)} (a quarter of a million nodes: one to four minutes) …\n`);
    const { output } = await measure(driver, [path, '--build', hierarchy], { env: { ...process.env, ...ONE_THREAD } });
    writeFileSync(kept, output);
    build = { ...JSON.parse(output), kept: false };
  }
  const talk = await converse(driver, [path, hierarchy], ONE_THREAD);
  return { build, ask: talk.ask, close: talk.close };
}
