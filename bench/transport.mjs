// The transportation problem between points (jobs and homes): ours against HiGHS, a solver of linear programmes (WebAssembly), on the same pairs at the same whole distances.
//
//   npm run build && node bench/transport.mjs [100,300,600] [3000,7000,14000]
//
// First list: sizes that both solve, in turns; HiGHS gets all pairs as columns, by arrays, and is timed without their making. Both must find the same optimum. Second list:
// ours alone, proved by its prices over all pairs (checked here too, apart from the time). Processor time, a fixed seed; homes spread over a disk of 20 km, jobs crowded in its middle.
import loadHighs from 'highs';
import { Random } from '../dist/core/random.js';
import { distanceMm, solvePointTransport } from '../dist/engine/optimise/point-transport.js';

const ROUNDS = 3;
const sizes = (at, otherwise) => (process.argv[at] ?? otherwise).split(',').filter((each) => each !== '').map(Number);
const print = (line) => process.stdout.write(`${line}\n`);
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function scatter(random, count, sum, crowded) {
  const [x, y, units] = [new Float64Array(count), new Float64Array(count), new Float64Array(count).fill(1)];
  for (let i = 0; i < count; i++) {
    const [radius, angle] = [crowded ? random.between(0, 1) : Math.sqrt(random.between(0, 1)), random.between(0, 2 * Math.PI)];
    [x[i], y[i]] = [20_000 * radius * Math.cos(angle), 20_000 * radius * Math.sin(angle)];
  }
  for (let left = sum - count; left > 0; ) {
    const more = Math.min(left, random.integer(1, 60));
    units[random.integer(0, count - 1)] += more;
    left -= more;
  }
  return { x, y, units };
}

function buildModel(sources, targets) {
  const n = sources.units.length;
  const pairs = n * n;
  const [colCost, starts, indices] = [new Float64Array(pairs), new Int32Array(pairs + 1), new Int32Array(2 * pairs)];
  for (let k = 0; k < pairs; k++) {
    const [i, j] = [Math.floor(k / n), k % n];
    colCost[k] = distanceMm(sources, i, targets, j);
    starts[k + 1] = 2 * (k + 1);
    indices[2 * k] = i;
    indices[2 * k + 1] = n + j;
  }
  const amounts = Float64Array.from([...sources.units, ...targets.units]);
  return {
    numCols: pairs, numRows: 2 * n, colCost, colLower: new Float64Array(pairs), colUpper: new Float64Array(pairs).fill(Infinity), rowLower: amounts, rowUpper: amounts,
    matrix: { format: 'csc', numRows: 2 * n, numCols: pairs, starts, indices, values: new Float64Array(2 * pairs).fill(1) },
  };
}

function prove({ x, y, units }, targets, plan) {
  let broken = 0;
  for (let i = 0; i < units.length; i++) for (let j = 0; j < units.length; j++) if (plan.sourcePrice[i] + plan.targetPrice[j] > distanceMm({ x, y }, i, targets, j)) broken++;
  const dual = units.reduce((sum, each, i) => sum + each * plan.sourcePrice[i], 0) + targets.units.reduce((sum, each, j) => sum + each * plan.targetPrice[j], 0);
  return broken === 0 && dual / 1000 === plan.unitM;
}

const highs = await loadHighs();
print(`highs ${highs.version.string ?? JSON.stringify(highs.version)}`);
for (const n of sizes(2, '100,300,600')) {
  const random = new Random(20261122 + n);
  const [sources, targets] = [scatter(random, n, 40 * n, false), scatter(random, n, 40 * n, true)];
  const [ours, theirs] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    let start = cpuMs();
    const plan = solvePointTransport(sources, targets);
    ours.push(cpuMs() - start);
    const model = highs.createModel(buildModel(sources, targets));
    model.options.set?.('output_flag', false);
    start = cpuMs();
    model.run();
    theirs.push(cpuMs() - start);
    const found = model.getObjectiveValue();
    model.dispose();
    if (Math.abs(found / 1000 - plan.unitM) > 1e-6 * plan.unitM) throw new Error(`optima differ: ${plan.unitM} and ${found / 1000}`);
  }
  print(`${n} × ${n}: ours ${median(ours).toFixed(0)} ms, HiGHS ${median(theirs).toFixed(0)} ms of processor time: HiGHS ÷ ours ${(median(theirs) / median(ours)).toFixed(1)}`);
}
for (const n of sizes(3, '3000,7000,14000')) {
  const random = new Random(20261122 + n);
  const [sources, targets] = [scatter(random, n, 40 * n, false), scatter(random, n, 40 * n, true)];
  const start = cpuMs();
  const plan = solvePointTransport(sources, targets);
  const ms = cpuMs() - start;
  print(`${n} × ${n}: ours ${(ms / 1000).toFixed(1)} s, ${plan.pivots} pivots, ${plan.arcs} of ${n * n} pairs looked at as arcs, ${plan.rounds} rounds; proved over all pairs: ${prove(sources, targets, plan)}; peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
}
