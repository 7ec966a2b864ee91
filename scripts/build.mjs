// Builds dist/: the WebAssembly kernels, type check and server code (tsc -b), then the browser bundle (vite), then the prepared base.
// With --if-stale it does so only where a source is newer than the last build, so that `npm start` can always ask.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeOrphans } from './remove-orphans.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');

function newestUnder(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  // the folder's own time tells of files deleted from it
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newestUnder(join(path, name))));
}

function run(title, command, args) {
  process.stderr.write(`${title} …\n`);
  const result = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

const inputs = ['src', 'kernels', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.pure.json', 'tsconfig.node.json', 'tsconfig.web.json', 'vite.config.ts'];
const newest = Math.max(...inputs.map((name) => newestUnder(join(root, name))));
if (process.argv.includes('--if-stale') && existsSync(stamp) && statSync(stamp).mtimeMs >= newest) process.exit(0);

const kernels = spawnSync(process.execPath, [join(root, 'kernels', 'compile.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
if (kernels.status !== 0) process.exit(kernels.status ?? 1);
removeOrphans(join(root, 'src'), join(root, 'dist'), ['web', 'template']);
run('compiling 编译', 'typescript/bin/tsc', ['-b', 'tsconfig.pure.json', 'tsconfig.node.json', 'tsconfig.web.json']);
if (existsSync(join(root, 'src', 'web', 'index.html'))) run('bundling the pages 打包网页', 'vite/bin/vite.js', ['build', '--logLevel', 'warn']);
const prepared = spawnSync(process.execPath, [join(root, 'scripts', 'template.mjs')], { cwd: root, stdio: ['ignore', 2, 2] });
if (prepared.status !== 0) process.exit(prepared.status ?? 1);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(stamp, '');
