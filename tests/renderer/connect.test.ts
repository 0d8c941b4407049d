import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocket, WebSocketServer } from 'ws';
import { SocketBridge } from '../../src/renderer/connect';

/** The browser's carrier against a real WebSocket server. */
let server: WebSocketServer;
let sockets: ServerSocket[] = [];
let heard: { id: number; name: string }[] = [];
/** Node's socket throws where a browser's only closes. */
const open = (url: string) => {
  const socket = new WebSocket(url);
  socket.on('error', () => {});
  return socket as unknown as globalThis.WebSocket;
};

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  sockets = [];
  heard = [];
  server = await listen(0);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const socket of sockets) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
});

function listen(port: number): Promise<WebSocketServer> {
  const made = new WebSocketServer({ port, host: '127.0.0.1' });
  made.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (text) => heard.push(JSON.parse(String(text))));
  });
  return new Promise((resolve) => made.once('listening', () => resolve(made)));
}
const port = () => (server.address() as AddressInfo).port;
const address = () => `ws://127.0.0.1:${port()}/ws`;
const say = (message: object) => sockets.at(-1)!.send(JSON.stringify(message));

describe('calls over a socket', () => {
  test('find their own answers, in whatever order those come', async () => {
    const lab = new SocketBridge(address(), open);
    const first = lab.call('run.list', {});
    const second = lab.call('run.pause', { run: 'a' });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    say({ id: heard[1]!.id, output: null });
    say({ id: heard[0]!.id, output: ['one'] });
    expect(await second).toBeNull();
    expect(await first).toEqual(['one']);
  });

  test('are refused with the host’s own words', async () => {
    const lab = new SocketBridge(address(), open);
    const call = lab.call('run.list', {});
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    say({ id: heard[0]!.id, error: { code: 'host.unknown-run', facts: { run: 'x' } } });
    await expect(call).rejects.toMatchObject({ code: 'host.unknown-run' });
  });

  test('events reach every listener until it leaves', async () => {
    const lab = new SocketBridge(address(), open);
    const told: string[] = [];
    const leave = lab.subscribe((event) => told.push(event.type));
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    say({ events: [{ type: 'paused' }, { type: 'resumed' }] });
    await vi.waitFor(() => expect(told).toEqual(['paused', 'resumed']));
    leave();
    let other = 0;
    lab.subscribe(() => other++);
    say({ events: [{ type: 'paused' }] });
    await vi.waitFor(() => expect(other).toBe(1));
    expect(told).toHaveLength(2);
  });
});

describe('a host that goes away', () => {
  test('rejects what was sent, says so, and is found again', async () => {
    const lab = new SocketBridge(address(), open);
    const states: boolean[] = [];
    lab.onConnection((connected) => states.push(connected));
    const sent = lab.call('run.list', {});
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    sockets[0]!.terminate();
    await expect(sent).rejects.toMatchObject({ code: 'host.connection-lost' });
    const meanwhile = lab.call('run.list', {});
    await vi.waitFor(() => expect(heard).toHaveLength(2), 5000);
    say({ id: heard[1]!.id, output: [] });
    expect(await meanwhile).toEqual([]);
    expect(states).toEqual([true, false, true]);
  });
});
