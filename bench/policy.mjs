// How much policy text a second is read, whole (outline, times, targets, tasks, bodies, defects), on one core, and whether that grows with the length.
//
//   npm run build && node bench/policy.mjs [1,4,16,64]
//
// The texts are those of test/policy/documents, in an order dealt with a fixed seed, repeated to the sizes asked for (in 100 kB of UTF-8); as the same passages come again,
// near-duplicates are found, which real texts do not have. Then lines made to hurt. Processor time, the first reading of a process (cold) apart.
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
for (const size of sizes) {
  const text = deal(size * 1e5);
  const runs = [time(text), time(text), time(text)].sort((a, b) => a.seconds - b.seconds);
  const megabytes = Buffer.byteLength(text) / 1e6;
  const { seconds, reading } = runs[1];
  print([megabytes.toFixed(1), (megabytes / seconds).toFixed(2), reading.outline.length, reading.targets.length, reading.tasks.length, reading.defects.length].join('\t'));
}
const HURTFUL = { 'one line of one letter': '一'.repeat(1e6), digits: '9'.repeat(1e6), brackets: '（'.repeat(5e5) + '）'.repeat(5e5), markers: '一是'.repeat(5e5), '第': '第'.repeat(1e6), 'a paragraph a character': '一、\n'.repeat(3e5), percent: '3%'.repeat(5e5), 'a line of one sentence': '推进建设'.repeat(2.5e5), quotes: '“'.repeat(1e6), commas: '，'.repeat(1e6) };
print('lines made to hurt\tMB\ts');
for (const [name, text] of Object.entries(HURTFUL)) print(`${name}\t${(Buffer.byteLength(text) / 1e6).toFixed(1)}\t${time(text).seconds.toFixed(2)}`);
