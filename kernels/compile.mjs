// Compiles the kernels of this folder and writes them, as base64, into the sources that load them. See README.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '2'];
const KERNELS = [{ source: 'osm-blob.ts', target: '../src/import/osm/blob-kernel-code.ts', name: 'BLOB_KERNEL_CODE' }];

const here = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes('--check');
const scratch = mkdtempSync(join(tmpdir(), 'kernel-'));
for (const { source, target, name } of KERNELS) {
  const binary = join(scratch, 'kernel.wasm');
  execFileSync('npx', ['--yes', `--package=${COMPILER}`, 'asc', join(here, source), '-o', binary, ...FLAGS], { stdio: 'inherit' });
  const lines = readFileSync(binary).toString('base64').match(/.{1,140}/g);
  const text = [
    `// Compiled from kernels/${source} by kernels/compile.mjs (${COMPILER} ${FLAGS.join(' ')}). Do not edit.`,
    `export const ${name} =`,
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
  const file = join(here, target);
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${target} is not what ${source} compiles to; run node kernels/compile.mjs\n`);
    process.exitCode = 1;
  }
}
rmSync(scratch, { recursive: true });
