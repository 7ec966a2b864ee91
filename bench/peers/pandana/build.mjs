// Fetches pandana's sources from PyPI into bench/out/pandana and compiles its C++ core with driver.cpp. Nothing of it is part of Chengmai.
//
//   node bench/peers/pandana/build.mjs
//
// Flags are those of its setup.py, and NDEBUG, which Python's own build flags carry: without it every heap operation checks the whole heap.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '0.7';
const FLAGS = ['-w', '-std=c++11', '-O3', '-fopenmp', '-DNDEBUG'];
const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../out/pandana');

function run(command, args) {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 2, 2] });
}

/** Path of the compiled driver; fetches and compiles where it is missing or older than its source. */
export function pandanaDriver() {
  const source = join(here, 'driver.cpp');
  const driver = join(folder, 'driver');
  if (existsSync(driver) && statSync(driver).mtimeMs > statSync(source).mtimeMs) return driver;
  mkdirSync(folder, { recursive: true });
  const sources = join(folder, `pandana-${VERSION}`, 'src');
  if (!existsSync(sources)) {
    if (!existsSync(join(folder, 'venv'))) run('python3', ['-m', 'venv', 'venv']);
    run(join(folder, 'venv/bin/pip'), ['download', '--quiet', '--no-deps', '--no-binary', 'pandana', `pandana==${VERSION}`]);
    run('tar', ['xzf', `pandana-${VERSION}.tar.gz`]);
  }
  const parts = ['accessibility.cpp', 'graphalg.cpp', 'contraction_hierarchies/src/libch.cpp'].map((name) => join(sources, name));
  run('g++', [...FLAGS, `-I${sources}`, source, ...parts, '-o', driver]);
  return driver;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${pandanaDriver()}\n`);
