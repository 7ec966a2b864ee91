// One measured run for bench/pbf.mjs: counts a file on N threads, prints the counts and what the whole process used.
import { openFile } from '../dist/import/byte-source.js';
import { countOsm } from '../dist/import/osm/count-osm.js';

const [path, threads] = process.argv.slice(2);
const source = await openFile(path);
const start = performance.now();
const counts = await countOsm(source, Number(threads));
const wallMs = performance.now() - start;
await source.close();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ counts, wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 })}\n`);
