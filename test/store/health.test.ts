// What /api/health says while the server's database comes and goes, through a wire that can be cut.
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Health } from '../../src/base/api.ts';
import type { Jobs } from '../../src/base/jobs.ts';
import { startJobs } from '../../src/base/jobs.ts';
import type { Base } from '../../src/base/open.ts';
import { openBase } from '../../src/base/open.ts';
import { createApp } from '../../src/server/app.ts';
import { Startup } from '../../src/server/startup.ts';
import { TEST_BASES } from './open-test-base.ts';
import type { TestBase } from './open-test-base.ts';

/** A relay to the database: passes everything on, takes connections without answering, or refuses them. */
class Wire {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  port = 0;

  constructor(target: URL) {
    this.#target = target;
  }

  async open(answers: boolean): Promise<void> {
    this.#server = createServer((near) => {
      this.#keep(near);
      if (!answers) return;
      const far = connect(Number(this.#target.port), this.#target.hostname);
      this.#keep(far);
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }

  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server?.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

async function healthOf(app: ReturnType<typeof createApp>): Promise<{ status: number; health: Health }> {
  const response = await app.request('/api/health');
  return { status: response.status, health: (await response.json()) as Health };
}

const server = TEST_BASES.find(({ kind }) => kind === 'server');

describe.runIf(server !== undefined)('health on a database server (DATABASE_URL)', () => {
  let opened: TestBase;
  let wire: Wire;
  let base: Base;
  let jobs: Jobs;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    opened = await (server as (typeof TEST_BASES)[number]).open();
    const url = new URL(opened.url as string);
    wire = new Wire(new URL(url.href));
    await wire.open(true);
    url.hostname = '127.0.0.1';
    url.port = String(wire.port);
    base = await openBase({ dataDir: opened.base.dataDir, databaseUrl: url.href });
    jobs = await startJobs(base, { work: true });
    app = createApp({ startup: Startup.ready(base, jobs) });
  }, 60_000);

  afterAll(async () => {
    await jobs.stop();
    await base.close();
    await wire.cut();
    await opened.remove();
  });

  test('is ready while the database answers, unavailable while it does not, and ready again after', async () => {
    expect(await healthOf(app)).toMatchObject({ status: 200, health: { status: 'ready', base: 'server' } });

    await wire.cut();
    await expect.poll(() => healthOf(app), { timeout: 5_000 }).toMatchObject({ status: 503, health: { status: 'unavailable', problem: { code: 'base/database-lost', status: 503 } } });

    await wire.open(true);
    await expect.poll(() => healthOf(app), { timeout: 5_000 }).toMatchObject({ status: 200, health: { status: 'ready' } });
  }, 20_000);

  test('does not wait for a database that takes the connection and never answers', async () => {
    await wire.cut();
    await wire.open(false);
    await expect.poll(() => healthOf(app), { timeout: 10_000 }).toMatchObject({ status: 503, health: { status: 'unavailable', problem: { code: 'base/database-lost' } } });
    await wire.cut();
    await wire.open(true);
    await expect.poll(() => healthOf(app), { timeout: 10_000 }).toMatchObject({ health: { status: 'ready' } });
  }, 30_000);
});

test('the embedded base is this process: it answers as long as anything does', async () => {
  const opened = await TEST_BASES[0].open();
  const jobs = await startJobs(opened.base, { work: false });
  try {
    expect(await healthOf(createApp({ startup: Startup.ready(opened.base, jobs) }))).toMatchObject({ status: 200, health: { status: 'ready', base: 'embedded' } });
  } finally {
    await jobs.stop();
    await opened.remove();
  }
}, 60_000);
