/** A fresh base for a test file: embedded always, and again on a server where DATABASE_URL names one. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Base } from '../../src/base/open.ts';
import { openBase } from '../../src/base/open.ts';

export interface TestBase {
  readonly base: Base;
  /** Opens the same base once more (a server), or closes and opens it again (embedded). */
  readonly url: string | undefined;
  remove(): Promise<void>;
}

async function openTestEmbedded(): Promise<TestBase> {
  const folder = await mkdtemp(join(tmpdir(), 'chengmai-test-'));
  const base = await openBase({ dataDir: folder, environment: {} });
  return {
    base,
    url: undefined,
    async remove() {
      await base.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function withAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of its own on the server, so that test files run side by side. */
async function openTestServer(serverUrl: string): Promise<TestBase> {
  const name = `chengmai_test_${randomUUID().replaceAll('-', '')}`;
  await withAdmin(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const folder = await mkdtemp(join(tmpdir(), 'chengmai-test-'));
  const base = await openBase({ dataDir: folder, databaseUrl: url.href });
  return {
    base,
    url: url.href,
    async remove() {
      await base.close();
      await withAdmin(serverUrl, `drop database ${name} with (force)`);
      await rm(folder, { recursive: true });
    },
  };
}

const serverUrl = process.env['DATABASE_URL'];

/** For `describe.each`: the name of the kind, and how to open one. */
export const TEST_BASES: readonly { readonly kind: 'embedded' | 'server'; open(): Promise<TestBase> }[] = [
  { kind: 'embedded', open: openTestEmbedded },
  ...(serverUrl === undefined || serverUrl === '' ? [] : [{ kind: 'server' as const, open: () => openTestServer(serverUrl) }]),
];
