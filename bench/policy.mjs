// How much policy text a second is read, whole (outline, times, targets, tasks, bodies, defects), on one core, and whether that grows with the length.
//
//   npm run build && node bench/policy.mjs [1,4,16,64 [lines]]
//
// The texts are those of test/policy/documents, in an order dealt with a fixed seed, repeated to the sizes asked for (in 100 kB of UTF-8); as the same passages come again,
// near-duplicates are found, which real texts do not have. Then lines made to hurt (hurtful-lines.mjs; `lines` is a pattern of their names). Processor time of all threads, the collector's and the compiler's too: the first reading of a process
// (cold), then, after 12 MB have been read, the median of at least five readings of each size.
import { readdirSync, readFileSync } from 'node:fs';
import { Random } from '../dist/core/random.js';
import { checkAccounting } from '../dist/policy/outline/check-accounting.js';
import { readPolicy } from '../dist/policy/read-policy.js';
import { HURTFUL } from './hurtful-lines.mjs';

const folder = new URL('../test/policy/documents/', import.meta.url);
const texts = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort().map((name) => readFileSync(new URL(name, folder), 'utf8'));
const sizes = (process.argv[2] ?? '1,4,16,64').split(',').map(Number);
const print = (line) => process.stdout.write(`${line}\n`);

function deal(bytes) {
  const random = new Random(1);
  const parts = [];
  for (let size = 0; size < bytes; ) {
    const text = texts[random.integer(0, texts.length - 1)];
    parts.push(text);
    size += Buffer.byteLength(text);
  }
  return parts.join('\n');
}

function time(text) {
  const before = process.cpuUsage();
  const reading = readPolicy(text);
  const { user, system } = process.cpuUsage(before);
  checkAccounting(reading);
  return { seconds: (user + system) / 1e6, reading };
}

const cold = deal(1e5);
print(`cold, 0.1 MB: ${time(cold).seconds.toFixed(2)} s`);
print('MB\tMB/s\tnodes\ttargets\ttasks\tdefects');
// V8 compiles what is called often, and the reader is much code: it takes some 6 MB of text until it runs as it will.
const course = deal(4e5);
for (let read = 0; read < 12e6; read += Buffer.byteLength(course)) readPolicy(course);
for (const size of sizes) {
  const text = deal(size * 1e5);
  const runs = Array.from({ length: Math.max(5, Math.ceil(20 / size)) }, () => time(text)).sort((a, b) => a.seconds - b.seconds);
  const megabytes = Buffer.byteLength(text) / 1e6;
  const { seconds, reading } = runs[runs.length >> 1];
  print([megabytes.toFixed(1), (megabytes / seconds).toFixed(2), reading.outline.length, reading.targets.length, reading.tasks.length, reading.defects.length].join('\t'));
}
const wanted = new RegExp(process.argv[3] ?? '', 'u');
print('lines made to hurt\ts at 0.25, 0.5, 1, 2 MB\tgrowth\tMB/s');
for (const [name, make] of Object.entries(HURTFUL)) {
  if (!wanted.test(name)) continue;
  // The least of two: the machine's own noise is larger than what V8 compiles anew for a strange text.
  const seconds = [0.25, 0.5, 1, 2].map((size) => Math.min(...[1, 2].map(() => time(make(size * 1e6)).seconds)));
  const growth = seconds.slice(1).map((value, i) => (value / seconds[i]).toFixed(1));
  print(`${name}\t${seconds.map((value) => value.toFixed(2)).join(' ')}\t${growth.join(' ')}\t${(2 / seconds[3]).toFixed(2)}`);
}
