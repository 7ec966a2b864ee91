// Runs a command and says how long it took, on the wall and on the processor, and how much memory it held at most.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

function readStatus(pid) {
  try {
    const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /, '').split(' ');
    return { peakKb, cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
  } catch {
    return undefined; // gone between two looks
  }
}

/** Wall and processor seconds and peak resident megabytes of one process (its threads, not its children). Linux. */
export async function measure(command, args, options = {}) {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  let errors = '';
  child.stdout.on('data', (piece) => (output += piece));
  child.stderr.on('data', (piece) => (errors += piece));
  let last = { peakKb: 0, cpuS: 0 };
  const look = setInterval(() => {
    const now = readStatus(child.pid) ?? last;
    // a process that has ended but was not yet waited for has no memory any more
    last = { peakKb: Math.max(last.peakKb, now.peakKb), cpuS: now.cpuS };
  }, 20);
  const code = await new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject));
  clearInterval(look);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${errors.slice(-2000)}`);
  return { wallS: (performance.now() - start) / 1000, cpuS: last.cpuS, peakMb: last.peakKb / 1024, output };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
