import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { LabError } from '../../src/core/errors';
import type { LabEvent } from '../../src/core/protocol';
import { type Serving, serve } from '../../src/main/serve';

/** A Lab that answers what it was asked and remembers what it was given. */
let admitted: { path: string; file: string }[] = [];
let tell: (events: LabEvent[]) => void = () => {};
const lab = {
  async call(name: string, input: unknown) {
    if (name === 'run.show') throw new LabError('host.unknown-run', { run: 'x' });
    return { name, input } as never;
  },
  subscribeBatches(listener: (events: LabEvent[]) => void) {
    tell = listener;
    return () => {};
  },
  admit(path: string, file = path) {
    admitted.push({ path, file });
    return { kind: 'upload', id: `id${admitted.length}`, name: file } as const;
  },
};

let serving: Serving;
let token = '';
let port = 0;
beforeEach(async () => {
  admitted = [];
  serving = await serve({ lab, port: 0, uploadLimitBytes: 1000 });
  const address = new URL(serving.address);
  token = address.searchParams.get('token')!;
  port = Number(address.port);
});
afterEach(() => serving.close());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body?: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
const cookie = () => ({ cookie: `other=1; unroll-${port}=${token}` });
const origin = () => `http://127.0.0.1:${port}`;

/** The answers to some messages; or the status with which the connection was refused. */
function talk(path: string, headers: Record<string, string>, ...messages: string[]): Promise<unknown[] | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    const answers: unknown[] = [];
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode!));
    socket.on('error', reject);
    socket.on('close', (code) => resolve(code));
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
      if (messages.length === 0) tell([{ type: 'paused', experiment: 'e', run: 'r' }]);
    });
    socket.on('message', (text) => {
      answers.push(JSON.parse(String(text)));
      if (answers.length >= Math.max(1, messages.length)) resolve(answers);
    });
  });
}

test('only this machine can connect, and only with the token of this start', async () => {
  expect(new URL(serving.address).hostname).toBe('127.0.0.1');
  expect(token.length).toBeGreaterThanOrEqual(32);
  const again = await serve({ lab, port: 0 });
  expect(new URL(again.address).searchParams.get('token')).not.toBe(token);
  await again.close();
});

test('the address gives the page and a cookie that its scripts cannot read', async () => {
  const { status, headers, body } = await ask(`/?token=${token}`);
  expect(status).toBe(200);
  expect(body).toContain('<html');
  expect(String(headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect((await ask('/', cookie())).status).toBe(200);
});

test.each<[string, () => [string, Record<string, string>]]>([
  ['without the token', () => ['/', {}]],
  ['with another token', () => [`/?token=${'x'.repeat(token.length)}`, {}]],
  ['with half of the token', () => [`/?token=${token.slice(0, -1)}`, {}]],
  ['under a name of another site (DNS rebinding)', () => ['/', { ...cookie(), host: 'evil.example' }]],
  ['under a name of another site with this port', () => ['/', { ...cookie(), host: `evil.example:${port}` }]],
  ['from a page of another site', () => ['/', { ...cookie(), origin: 'https://evil.example' }]],
  ['from a page of another local program', () => ['/', { ...cookie(), origin: 'http://127.0.0.1:1' }]],
  ['from a page without an origin of its own', () => ['/', { ...cookie(), origin: 'null' }]],
])('a request %s is refused, as page, upload and socket', async (_, attempt) => {
  const [path, headers] = attempt();
  expect((await ask(path, headers)).status).toBe(403);
  const query = path.slice(1);
  expect((await ask(`/upload${query}`, headers, 'POST', Buffer.from('a'))).status).toBe(403);
  expect(await talk(`/ws${query}`, headers, '{"id":1,"name":"run.list"}')).toBe(403);
  expect(admitted).toEqual([]);
});

test.each(['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/%00', '/nothing.js', '/%'])(
  '%s is not found',
  async (path) => {
    expect((await ask(path, cookie())).status).toBe(404);
  },
);

test('a path that a client writes unnormalised is not found either', async () => {
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const lines = ['GET /../../package.json HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie().cookie}`];
      socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    });
    let all = '';
    socket.on('data', (chunk) => {
      all += chunk;
    });
    socket.on('close', () => resolve(all));
    socket.on('error', reject);
  });
  expect(text).toMatch(/^HTTP\/1\.1 404/);
});

test('an address that is none is refused, and the host lives on', async () => {
  expect((await ask('//[', cookie())).status).toBe(404);
  expect(await talk('//[', cookie(), 'x')).toBe(403);
  expect((await ask('/', cookie())).status).toBe(200);
});

test('nothing but reading and uploading is offered', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await ask('/', cookie(), method)).status).toBe(405);
});

test('a file comes as bytes, under the name it is shown by, and is gone with the host', async () => {
  const bytes = Buffer.from('날짜,종가\n');
  const name = '../../etc/시세.csv';
  const { status, body } = await ask(
    `/upload?name=${encodeURIComponent(name)}`,
    { ...cookie(), origin: origin() },
    'POST',
    bytes,
  );
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ kind: 'upload', id: 'id1', name });
  const { path, file } = admitted[0]!;
  expect(file).toBe(name);
  expect(path).not.toContain('etc');
  expect(await readFile(path)).toEqual(bytes);
  await serving.close();
  await expect(readFile(path)).rejects.toThrow(/ENOENT/);
});

test.each([
  ['says it is', { 'content-length': '1001' }],
  ['turns out to be', { 'transfer-encoding': 'chunked' }],
])('a file that %s too large is refused with its limit', async (_, length) => {
  const bytes = Buffer.alloc(1001);
  const { status, body } = await ask('/upload?name=big.csv', { ...cookie(), ...length }, 'POST', bytes);
  expect(status).toBe(413);
  expect(JSON.parse(body)).toMatchObject({ code: 'host.upload-too-large', facts: { name: 'big.csv' } });
  expect(admitted).toEqual([]);
});

test('calls are answered by their number, refusals as plain data', async () => {
  const answers = await talk(
    '/ws',
    { ...cookie(), origin: origin() },
    '{"id":4,"name":"run.list","input":{}}',
    '{"id":5,"name":"run.show","input":{"run":"x"}}',
  );
  expect(answers).toEqual([
    { id: 4, output: { name: 'run.list', input: {} } },
    { id: 5, error: expect.objectContaining({ code: 'host.unknown-run', message: expect.stringContaining('"x"') }) },
  ]);
});

test('what happens together is told in one message', async () => {
  expect(await talk('/ws', cookie())).toEqual([{ events: [{ type: 'paused', experiment: 'e', run: 'r' }] }]);
});

test.each(['', 'null', '[]', '{"id":"1","name":"run.list"}', '{"id":1}', '{'])(
  'a message %j that is no call ends the connection',
  async (text) => {
    expect(await talk('/ws', cookie(), text)).toBe(1003);
  },
);

test('a message beyond all measure ends the connection', async () => {
  expect(await talk('/ws', cookie(), JSON.stringify({ id: 1, name: 'x'.repeat(2 << 20) }))).toBe(1009);
});

test('a port that is taken is named', async () => {
  await expect(serve({ lab, port })).rejects.toMatchObject({ code: 'host.port', facts: { port } });
});
