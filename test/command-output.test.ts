// Who reads a command's output may go before its end, as `| head` does: the built program ends quietly.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = join(dirname(fileURLToPath(import.meta.url)), '../bin/chengmai.mjs');

test.each([[['import', '--help']], [['--help']], [['--version']], [['indicators', '--help']]])('chengmai %s | true', async (args) => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  // before the program has begun: its first write finds nobody
  child.stdout.destroy();
  let told = '';
  child.stderr.on('data', (piece: Buffer) => (told += piece.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(told).toBe('');
  expect(code).toBe(130);
});
