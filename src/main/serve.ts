import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { asView, LabError } from '../core/errors';
import type { CallName } from '../core/protocol';
import type { Lab } from './lab';
import { guardHeaders, pageFile } from './page';

/**
 * The window in a browser, over loopback. Only this machine can connect (127.0.0.1), only with the token of this start
 * (in the address, then in a cookie that scripts cannot read), only under this host's own name, and only from its own
 * page (Host and Origin are checked against DNS rebinding and other sites). No path is taken from a page: a file comes
 * as bytes and is named by an id.
 */
export interface Serving {
  /** Token included. */
  address: string;
  close(): Promise<void>;
}
/** What this host needs of the Lab. */
type Door = Pick<Lab, 'call' | 'subscribeBatches' | 'admit'>;
export interface ServeOptions {
  lab: Door;
  /** 0 takes a free one. */
  port: number;
  uploadLimitBytes?: number;
}

const messageLimitBytes = 1 << 20;
const defaultUploadLimitBytes = 2 ** 31;

export async function serve({ lab, port, uploadLimitBytes = defaultUploadLimitBytes }: ServeOptions): Promise<Serving> {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-'));
  const server = createServer();
  await listen(server, port);
  const guard = new Guard((server.address() as AddressInfo).port);
  const uploads = new Uploads(lab, folder, uploadLimitBytes);

  server.on('request', async (request, response) => {
    try {
      await answer(request, response, guard, uploads);
    } catch (thrown) {
      // a connection that broke while it was answered has nobody left to tell
      if (!response.headersSent) send(response, 500, asView(thrown));
      else response.destroy();
    }
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageLimitBytes });
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = urlOf(request);
    // a client that goes away in the middle is no fault
    socket.on('error', () => socket.destroy());
    if (pathname !== '/ws' || guard.refuses(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (connection) => carry(lab, connection));
  });

  return {
    address: guard.address,
    async close() {
      for (const connection of sockets.clients) connection.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new LabError('host.port', { port }) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Who may talk to this host. */
class Guard {
  readonly address: string;
  readonly cookie: string;
  private readonly token = randomBytes(24).toString('base64url');
  private readonly cookieName: string;
  private readonly hosts: string[];

  constructor(port: number) {
    this.address = `http://127.0.0.1:${port}/?token=${this.token}`;
    // cookies know no ports: each start has its own name
    this.cookieName = `unroll-${port}`;
    this.cookie = `${this.cookieName}=${this.token}; HttpOnly; SameSite=Strict; Path=/`;
    this.hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  }

  refuses(request: IncomingMessage): boolean {
    const { host, origin, cookie = '' } = request.headers;
    if (!host || !this.hosts.includes(host)) return true;
    if (origin !== undefined && origin !== `http://${host}`) return true;
    const kept = cookie.split(/; */).find((part) => part.startsWith(`${this.cookieName}=`));
    const given = urlOf(request).searchParams.get('token') ?? kept?.slice(this.cookieName.length + 1) ?? '';
    const [a, b] = [Buffer.from(given), Buffer.from(this.token)];
    return a.length !== b.length || !timingSafeEqual(a, b);
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, guard: Guard, uploads: Uploads) {
  if (guard.refuses(request)) {
    response.writeHead(403, { ...guardHeaders, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    return void response.end('This address is only for the window that Unroll opened. Use the address it printed.\n');
  }
  const { pathname, searchParams } = urlOf(request);
  if (request.method === 'POST' && pathname === '/upload') {
    try {
      return send(response, 200, await uploads.take(request, searchParams.get('name') ?? ''));
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
      response.setHeader('Connection', 'close');
      return send(response, 413, thrown.view());
    }
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, guardHeaders);
    return void response.end();
  }
  const { status, headers, body } = await pageFile(pathname);
  response.writeHead(status, { ...headers, 'Set-Cookie': guard.cookie });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function send(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { ...guardHeaders, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(json));
}

/** Files handed over by the page, kept until the host ends. */
class Uploads {
  constructor(
    private readonly lab: Door,
    private readonly folder: string,
    private readonly limitBytes: number,
  ) {}

  async take(request: IncomingMessage, name: string) {
    const shown = name.slice(0, 1000) || 'data.csv';
    const tooLarge = () =>
      new LabError('host.upload-too-large', { name: shown, limitMegabytes: Math.floor(this.limitBytes / 1e6) });
    if (Number(request.headers['content-length']) > this.limitBytes) throw tooLarge();
    const path = join(this.folder, randomUUID());
    let bytes = 0;
    const counted = new Transform({
      transform: (chunk: Uint8Array, _, next) => {
        bytes += chunk.length;
        next(bytes > this.limitBytes ? tooLarge() : null, chunk);
      },
    });
    try {
      await pipeline(request, counted, createWriteStream(path, { mode: 0o600 }));
    } catch (thrown) {
      await rm(path, { force: true });
      throw thrown;
    }
    return this.lab.admit(path, shown, { passing: true });
  }
}

/** Calls in, answers and events out, until the page goes. */
function carry(lab: Door, connection: WebSocket): void {
  const say = (message: unknown) => connection.send(JSON.stringify(message), () => {});
  const unsubscribe = lab.subscribeBatches((events) => say({ events }));
  connection.on('close', unsubscribe);
  connection.on('error', () => connection.terminate());
  connection.on('message', async (raw) => {
    const request = parse(String(raw));
    if (!request) return connection.close(1003);
    try {
      say({ id: request.id, output: await lab.call(request.name, request.input) });
    } catch (thrown) {
      if (!(thrown instanceof LabError)) console.error(thrown);
      say({ id: request.id, error: asView(thrown) });
    }
  });
}

function parse(text: string): { id: number; name: CallName; input: unknown } | null {
  try {
    const message = JSON.parse(text);
    return typeof message?.id === 'number' && typeof message.name === 'string' ? message : null;
  } catch {
    return null;
  }
}

/** What a client sends as an address need not be one. */
function urlOf({ url = '/' }: IncomingMessage): URL {
  const base = 'http://127.0.0.1';
  return URL.canParse(url, base) ? new URL(url, base) : new URL('/not-found', base);
}
