/**
 * The lock of a data folder: one process at a time opens the embedded base in it.
 *
 * The file `lock.json` names the process, the host and, once a server listens, its address. A lock is stale when its
 * process is gone: on the same host the process id and its start time are looked up, from another host (a shared
 * volume) a heartbeat older than 30 s counts as gone. The start time tells a reused process id apart, as happens in
 * containers, where every server is process 1.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ChengmaiError } from '../core/errors.ts';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 30_000;

interface LockRecord {
  readonly pid: number;
  readonly host: string;
  /** Boot id and start tick of the process where the system tells them (Linux), else empty. */
  readonly processStart: string;
  readonly since: string;
  readonly url?: string;
}

export interface FolderLock {
  /** Adds the address at which the running server answers, for the error that a second process gets. */
  announce(url: string): void;
  release(): void;
}

function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${afterName[19]}`;
  } catch {
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isStale(record: LockRecord, heartbeatAgeMs: number): boolean {
  if (record.host !== hostname()) return heartbeatAgeMs > STALE_MS;
  if (!isRunning(record.pid)) return true;
  return record.processStart !== '' && record.processStart !== processStart(record.pid);
}

function inUse(folder: string, record: LockRecord | undefined): ChengmaiError {
  const holder = record === undefined ? '' : ` (pid ${record.pid}, ${record.host})`;
  const url = record?.url;
  return new ChengmaiError('conflict', 'base/in-use', {
    zh: url === undefined
      ? `数据目录 ${folder} 正被另一进程使用${holder}；请等它结束，或换一个目录（--data）。`
      : `数据目录 ${folder} 正由 ${url} 上的服务使用${holder}；请在该网页操作，或先停止服务，或换一个目录（--data）。`,
    en: url === undefined
      ? `The data folder ${folder} is in use by another process${holder}; wait for it to end or name another folder (--data).`
      : `The data folder ${folder} is in use by the server at ${url}${holder}; work there, stop it first, or name another folder (--data).`,
  }, { file: folder, ...(url !== undefined && { value: url }) });
}

function notWritable(folder: string, cause: unknown): ChengmaiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ChengmaiError('unavailable', 'base/folder-not-writable', {
    zh: `数据目录 ${folder} 无法建立或写入（${reason}）；请检查权限与磁盘空间，或换一个目录（--data）。`,
    en: `The data folder ${folder} cannot be made or written to (${reason}); check permissions and disk space, or name another folder (--data).`,
  }, { file: folder }, cause);
}

function readLock(path: string): { text: string; record: LockRecord | undefined; ageMs: number } | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const ageMs = Date.now() - statSync(path).mtimeMs;
    try {
      return { text, record: JSON.parse(text) as LockRecord, ageMs };
    } catch {
      return { text, record: undefined, ageMs };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves a stale lock out of the way, unless somebody else has done so and locked in between. */
function removeStale(path: string, staleText: string, folder: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readFileSync(aside, 'utf8');
  if (moved !== staleText) {
    linkSync(aside, path);
    unlinkSync(aside);
    throw inUse(folder, JSON.parse(moved) as LockRecord);
  }
  unlinkSync(aside);
}

/** @throws ChengmaiError conflict `base/in-use` while another live process holds the folder; unavailable `base/folder-not-writable` */
export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'lock.json');
  let record: LockRecord = { pid: process.pid, host: hostname(), processStart: processStart(process.pid), since: new Date().toISOString() };
  const fresh = `${path}.${process.pid}.new`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(fresh, JSON.stringify(record));
  } catch (error) {
    throw notWritable(folder, error);
  }
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(fresh, path);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const held = readLock(path);
      if (held === undefined) continue;
      const stale = held.record === undefined ? held.ageMs > STALE_MS : isStale(held.record, held.ageMs);
      if (!stale || attempt > 10) throw inUse(folder, held.record);
      removeStale(path, held.text, folder);
    }
  } finally {
    unlinkSync(fresh);
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // the folder was removed under us: nothing to keep alive
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  let held = true;
  const release = (): void => {
    if (!held) return;
    held = false;
    clearInterval(heartbeat);
    process.removeListener('exit', release);
    try {
      unlinkSync(path);
    } catch {
      // already gone
    }
  };
  process.once('exit', release);
  return {
    announce(url) {
      record = { ...record, url };
      writeFileSync(fresh, JSON.stringify(record));
      renameSync(fresh, path);
    },
    release,
  };
}
