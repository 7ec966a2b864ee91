// The street engine beside GraphHopper (Java): same graph file, same machine, same run, in turns. What is compared: bench/peers/README.md#graphhopper.
//
//   npm run build && node bench/graph-java.mjs [--graphs poa,porto,poa16] [--rounds N] [--json FILE]
//
// Work: persons within 15 and 30 minutes' walk at 3.6 km/h (900 and 1,800 m) of every node. Both sides' sums must be the same integers, or it fails.
// Processor time of one process each: the search's thread, and what the virtual machines' compilers and collectors add. Both are asked once before the rounds;
// take an odd number of rounds: of an even one the median is the upper of the two in the middle.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { converse } from './conversation.mjs';
import { graphFile } from './graph-files.mjs';
import { median } from './measure.mjs';
import { VERSION, graphhopperDriver } from './peers/graphhopper/build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({ options: { graphs: { type: 'string' }, rounds: { type: 'string' }, json: { type: 'string' } } });
const rounds = Number(options.rounds ?? 3);
const RADII = [900_000, 1_800_000];
/** GraphHopper answers for every so many-th node of graphs this large. */
const STEP_ABOVE = 100_000;
const STEP = 16;
let differences = 0;
const rows = [];

const number = (x) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

for (const name of (options.graphs ?? 'poa,porto,poa16').split(',')) {
  const path = await graphFile(name);
  const theirs = await converse('java', [...graphhopperDriver(), path]);
  const ours = await converse(process.execPath, [join(here, 'graph-ours.mjs'), path]);
  const { nodes } = ours.opened;
  const step = nodes > STEP_ABOVE ? STEP : 1;
  const [peerBuild, ownBuild] = [await theirs.ask('hierarchy'), await ours.ask(`build ${RADII.at(-1)}`)];
  rows.push({ name, nodes, work: 'hierarchy', unit: 'ms', theirs: peerBuild.cpuMs, ours: ownBuild.cpuMs, ratio: peerBuild.cpuMs / ownBuild.cpuMs });
  for (const radius of RADII) {
    const turn = async () => [await theirs.ask(`sum ${radius} ${step}`), await ours.ask(`sum ${radius} ${step}`), await ours.ask(`plain-sum ${radius} ${step}`)];
    await turn();
    const found = [];
    for (let r = 0; r < rounds; r++) {
      const answers = await turn();
      found.push(answers.map((answer) => (answer.cpuMs * 1000) / (answer.swept ?? answer.origins)));
      if (new Set(answers.map(({ total, hash }) => `${total}/${hash}`)).size > 1) {
        differences++;
        process.stderr.write(`DIFFERENT: ${name}, ${radius} mm: ${JSON.stringify(answers)}\n`);
      }
    }
    const [peer, own, plain] = [0, 1, 2].map((side) => median(found.map((times) => times[side])));
    rows.push({ name, nodes, work: `persons within ${radius / 60_000} minutes`, unit: 'µs an origin', theirs: peer, ours: own, plain, ratio: median(found.map(([a, b]) => a / b)) });
  }
  await theirs.close();
  await ours.close();
}

process.stdout.write(`\nGraphHopper ${VERSION} and Chengmai, one thread, processor time\n\n| graph | nodes | work | unit | GraphHopper | Chengmai, one search each | Chengmai | ratio |\n|---|---|---|---|---|---|---|---|\n`);
for (const r of rows) process.stdout.write(`| ${[r.name, r.nodes.toLocaleString('en'), r.work, r.unit, number(r.theirs), r.plain === undefined ? '–' : number(r.plain), number(r.ours), `${number(r.ratio)}×`].join(' | ')} |\n`);
process.stdout.write(`\nload ${loadavg().map((x) => x.toFixed(1)).join(', ')}\n${differences === 0 ? 'all sums are the same integers on both sides' : `${differences} answers differ`}\n`);
if (options.json) writeFileSync(options.json, JSON.stringify(rows, undefined, 1));
process.exitCode = differences === 0 ? 0 : 1;
