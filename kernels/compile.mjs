// Compiles the kernels of this folder and writes them, as base64, beside the sources that load them; part of the build. See README.md.
// What is up to date (the compiled file names the hash of everything it was made from) is left alone, so that nothing else is compiled again.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
/** One memory for all threads, made by the caller and laid out by it: the kernel holds no data of its own. */
const SHARED = ['--enable', 'threads', '--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const KERNELS = [
  { source: 'osm-blob.ts', target: '../src/import/osm/blob-kernel-code.ts', name: 'BLOB_KERNEL_CODE', flags: [...FLAGS, '--initialMemory', '2'] },
  { source: 'sweeps.ts', target: '../src/engine/graph/reach/sweep-kernel-code.ts', name: 'SWEEP_KERNEL_CODE', flags: [...FLAGS, ...SHARED] },
  { source: 'nearest.ts', target: '../src/engine/graph/nearest/nearest-kernel-code.ts', name: 'NEAREST_KERNEL_CODE', flags: [...FLAGS, ...SHARED] },
];

/** A kernel's file and all it imports, in the order of their names. */
function sourcesOf(entry) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(join(here, file), 'utf8').matchAll(/ from '\.\/([\w-]+)'/g)) visit(`${path}.ts`);
  };
  visit(entry);
  return [...found].sort();
}

const compilerVersion = JSON.parse(readFileSync(join(here, '../node_modules/assemblyscript/package.json'), 'utf8')).version;
let asc;
for (const { source, target, name, flags } of KERNELS) {
  const hash = createHash('sha256').update(JSON.stringify([compilerVersion, flags]));
  for (const file of sourcesOf(source)) hash.update(file).update(readFileSync(join(here, file)));
  const first = `// Compiled from kernels/${source} (assemblyscript ${compilerVersion}, sources ${hash.digest('hex').slice(0, 16)}). Do not edit.`;
  const file = join(here, target);
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(first)) continue;
  // Loading the compiler takes a second: only where there is work for it.
  asc ??= (await import('assemblyscript/asc')).default;
  let binary;
  const { error, stderr } = await asc.main([source, '-o', 'kernel.wasm', ...flags, '--baseDir', here], {
    writeFile: (path, contents) => {
      if (path === 'kernel.wasm') binary = contents;
    },
  });
  if (error !== null || binary === undefined) {
    process.stderr.write(`kernels/${source}: ${error?.message ?? 'nothing compiled'}\n${stderr.toString()}`);
    process.exit(1);
  }
  const lines = Buffer.from(binary).toString('base64').match(/.{1,140}/g);
  writeFileSync(file, `${first}\nexport const ${name} =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`);
}
