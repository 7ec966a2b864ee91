// How much policy text a second is read, whole (outline, times, targets, tasks, bodies, defects), on one core, and whether that grows with the length.
//
//   npm run build && node bench/policy.mjs [1,4,16,64]
//
// The texts are those of test/policy/documents, in an order dealt with a fixed seed, repeated to the sizes asked for (in 100 kB of UTF-8); as the same passages come again,
// near-duplicates are found, which real texts do not have. Then lines made to hurt. Processor time of all threads, the collector's and the compiler's too: the first reading of a process
// (cold), then, after 12 MB have been read, the median of at least five readings of each size.
import { readdirSync, readFileSync } from 'node:fs';
import { Random } from '../dist/core/random.js';
import { checkAccounting } from '../dist/policy/outline/check-accounting.js';
import { readPolicy } from '../dist/policy/read-policy.js';

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
const HURTFUL = { 'one line of one letter': '一'.repeat(1e6), digits: '9'.repeat(1e6), brackets: '（'.repeat(5e5) + '）'.repeat(5e5), markers: '一是'.repeat(5e5), '第': '第'.repeat(1e6), 'a paragraph a character': '一、\n'.repeat(3e5), percent: '3%'.repeat(5e5), 'a line of one sentence': '推进建设'.repeat(2.5e5), quotes: '“'.repeat(1e6), commas: '，'.repeat(1e6) };
print('lines made to hurt\tMB\ts\tMB/s');
for (const [name, text] of Object.entries(HURTFUL)) {
  const megabytes = Buffer.byteLength(text) / 1e6;
  // The slowest of six: what V8 compiles anew for a strange text may be worse than what it had.
  const seconds = Math.max(...Array.from({ length: 6 }, () => time(text).seconds));
  print(`${name}\t${megabytes.toFixed(1)}\t${seconds.toFixed(2)}\t${(megabytes / seconds).toFixed(2)}`);
}
