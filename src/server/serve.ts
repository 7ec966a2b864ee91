/** Listens: `serve({ startup, host, port, token, … })`, and stops without cutting off who is being served. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve as serveNode } from '@hono/node-server';
import { ChengmaiError } from '../core/errors.ts';
import { checkListenAddress, isLoopback } from './access.ts';
import { createApp } from './app.ts';
import type { AppOptions } from './app.ts';

export interface ServeOptions extends Omit<AppOptions, 'access' | 'stopping'> {
  /** By default 127.0.0.1. */
  readonly host?: string | undefined;
  /** By default 8080; 0 takes any free one. */
  readonly port?: number | undefined;
  /** What every request must carry; demanded where the address is not this machine's own. */
  readonly token?: string | undefined;
}

export interface RunningServer {
  /** `http://127.0.0.1:8080`, with the port that was taken. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Takes no more requests, waits for those under way (5 s at most), then closes. */
  stop(): Promise<void>;
}

const STOP_MS = 5_000;
const SWEEP_MS = 50;

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ChengmaiError {
  if (error.code === 'EADDRINUSE') {
    return new ChengmaiError('conflict', 'server/port-taken', {
      zh: `端口 ${port} 已被占用；请用 --port 换一个，或停掉占用它的程序。`,
      en: `Port ${port} is taken; name another with --port, or stop the program that holds it.`,
    }, { field: 'port', value: String(port) }, error);
  }
  return new ChengmaiError('unavailable', 'server/cannot-listen', {
    zh: `无法在 ${host}:${port} 上监听（${error.code ?? error.message}）；请换地址或端口。`,
    en: `Cannot listen on ${host}:${port} (${error.code ?? error.message}); name another address or port.`,
  }, { field: 'host', value: host }, error);
}

/** @throws ChengmaiError `server/token-missing`, `server/token-too-short`, `server/port-taken`, `server/cannot-listen` */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 8080, token, ...app } = options;
  checkListenAddress(host, token);
  const stopping = new AbortController();
  const { fetch } = createApp({ ...app, access: { token, loopbackOnly: isLoopback(host) }, stopping: stopping.signal });
  const server = serveNode({ fetch, hostname: host.replace(/^\[|\]$/g, ''), port }) as Server;
  // a slow upload may take hours; a header that never ends may not
  server.requestTimeout = 0;
  server.headersTimeout = 20_000;
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  const taken = (server.address() as AddressInfo).port;
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return { url: `http://${name}:${taken}`, host, port: taken, stop: () => stopServer(server, stopping) };
}

async function stopServer(server: Server, stopping: AbortController): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // event streams end now; connections kept alive are closed as they fall idle
  stopping.abort();
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const timer = setTimeout(() => server.closeAllConnections(), STOP_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
