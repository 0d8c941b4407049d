import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DataSource, LabBridge, LabEvent } from '../../src/core/protocol';
import { built } from './built';
import * as electron from './electron-fake';
import { prices } from './script';

vi.mock('electron', () => import('./electron-fake'));

/** The Electron entry against the fake of its module, with a real Lab and a real trainer process behind it. */
let folder = '';
let bridge: LabBridge;
const window = () => electron.BrowserWindow.all[0]!;
const page = 'unroll://window/';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-electron-'));
  process.env.UNROLL_PROJECT = join(folder, 'project');
  electron.built.trainer = built('trainer.js');
  await import('../../src/main/preload');
  await import('../../src/main/index');
  await vi.waitFor(() => expect(electron.BrowserWindow.all).toHaveLength(1));
  bridge = electron.bridges.get('lab') as LabBridge;
});
afterAll(async () => {
  electron.app.quit();
  delete process.env.UNROLL_PROJECT;
  await rm(folder, { recursive: true, force: true });
});

test('the page is sandboxed and has no Node', () => {
  expect(window().options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(String(window().options.webPreferences.preload)).toMatch(/preload[\\/]preload\.cjs$/);
  expect(window().webContents.mainFrame.url).toBe(page);
});

test('the window shows when it has something to show', () => {
  expect(window().shown).toBe(false);
  window().emit('ready-to-show');
  expect(window().shown).toBe(true);
});

test('a program started a second time brings this window forward', () => {
  window().minimized = true;
  electron.app.emit('second-instance');
  expect(window()).toMatchObject({ minimized: false, focused: true });
  expect(electron.BrowserWindow.all).toHaveLength(1);
});

test('the page is given the bridge and nothing else', () => {
  expect([...electron.bridges.keys()]).toEqual(['lab']);
  expect(Object.keys(bridge).sort()).toEqual(['call', 'chooseFile', 'host', 'onMenu', 'sourceOf', 'subscribe']);
});

test('the page goes nowhere, opens nothing and is granted nothing but the clipboard', () => {
  for (const name of ['will-navigate', 'will-attach-webview']) {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    window().webContents.emit(name, event, 'https://example.org');
    expect(event.prevented, name).toBe(true);
  }
  expect(window().webContents.openHandler({ url: 'https://example.org' })).toEqual({ action: 'deny' });
  for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'usb']) {
    const decide = vi.fn();
    electron.granted.request(null, permission, decide);
    expect(decide).toHaveBeenCalledExactlyOnceWith(false);
    expect(electron.granted.check(null, permission)).toBe(false);
  }
});

test('the page is served from one folder under a strict policy', async () => {
  expect(electron.schemes).toMatchObject([{ scheme: 'unroll', privileges: { standard: true, secure: true } }]);
  const serve = electron.served.get('unroll')!;
  const index = await serve(new Request(page));
  expect(index.status).toBe(200);
  expect(index.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await serve(new Request(`${page}..%2f..%2fpackage.json`))).status).toBe(404);
});

test.each([
  ['a frame within the page', { url: page }],
  ['a frame that is gone', null],
])('%s is not answered', async (_, frame) => {
  await expect(electron.invokeFrom(frame, 'lab:call', 'run.list', {})).rejects.toThrow('not the window');
  await expect(electron.invokeFrom(frame, 'lab:dropped', '/etc/passwd')).rejects.toThrow('not the window');
});

test('the window itself is not answered once it shows another page', async () => {
  const { mainFrame } = window().webContents;
  mainFrame.url = 'https://example.org/';
  await expect(electron.invokeFrom(mainFrame, 'lab:call', 'run.list', {})).rejects.toThrow('not the window');
  mainFrame.url = page;
  await expect(bridge.call('run.list', {})).resolves.toMatchObject({ records: [] });
});

test('a refusal reaches the page as plain data', async () => {
  await expect(bridge.call('run.show', { run: 'nobody' })).rejects.toMatchObject({
    code: 'host.unknown-run',
    message: expect.stringContaining('nobody'),
  });
  const forged = { source: { kind: 'path', path: '/etc/passwd' } as DataSource, ticket: 't' };
  await expect(bridge.call('data.open', forged)).rejects.toMatchObject({ code: 'host.bad-option' });
});

test('files enter by dialog and by dropping, and the page learns no path', async () => {
  const path = join(folder, 'prices.csv');
  await writeFile(path, 'Date,Close\n2024-01-01,1\n2024-01-02,2\n');
  expect(await bridge.chooseFile!()).toBeNull();
  electron.dialog.answer = { canceled: false, filePaths: [path] };
  for (const source of [await bridge.chooseFile!(), await bridge.sourceOf({ path })]) {
    expect(source).toEqual({ kind: 'upload', id: expect.any(String), name: 'prices.csv' });
    expect(JSON.stringify(source)).not.toContain(folder);
    const { inspection } = await bridge.call('data.open', { source: source!, ticket: 't' });
    expect(inspection.rows).toBe(2);
  }
  // a file that a page made up has no path
  await expect(bridge.sourceOf({})).rejects.toMatchObject({ code: 'host.no-file' });
});

test('the trainer is a utility process; one that dies is reported, and replaced when it is needed', async () => {
  const events: LabEvent[] = [];
  const end = bridge.subscribe((event) => event.type === 'trainer' && events.push(event));
  const first = await bridge.call('host.describe', {});
  expect(first.threads).toBeGreaterThan(0);
  expect(electron.utilityProcess.asked).toEqual([expect.stringMatching(/main[\\/]trainer\.js$/)]);
  // whoever uses the window goes before training
  expect(getPriority(electron.utilities[0]!.pid)).toBeGreaterThan(0);
  electron.utilities[0]!.kill();
  await vi.waitFor(() => expect(events).toMatchObject([{ type: 'trainer', state: 'lost' }]));
  expect(await bridge.call('host.describe', {})).toEqual(first);
  expect(electron.utilities).toHaveLength(2);
  await vi.waitFor(() => expect(events).toMatchObject([{ state: 'lost' }, { type: 'trainer', state: 'replaced' }]));
  end();
});

test('a trainer killed while it trains costs the run it was at; the next run is trained by another', async () => {
  const path = join(folder, 'long.csv');
  await writeFile(path, prices(300));
  const { dataset } = await bridge.call('data.open', { source: await bridge.sourceOf({ path }), ticket: 't' });
  const events: LabEvent[] = [];
  const end = bridge.subscribe((event) => events.push(event));
  const settings = { models: ['rnn' as const], lookback: 8, transform: 'none' as const, scale: 'standard' as const };
  const long = await bridge.call('experiment.start', {
    dataset,
    settings: { ...settings, epochs: 10_000, patience: 0 },
  });
  const short = await bridge.call('experiment.start', { dataset, settings: { ...settings, epochs: 1 } });
  const [victim, survivor] = [long.runs[0]!.run, short.runs[0]!.run];
  await vi.waitFor(
    () => expect(events).toContainEqual(expect.objectContaining({ type: 'epoch', run: victim })),
    10_000,
  );
  electron.utilities.at(-1)!.kill();
  await vi.waitFor(
    () => expect(events.at(-1)).toMatchObject({ type: 'compared', experiment: short.experiment }),
    10_000,
  );
  const of = (run: string) => events.filter((event) => 'run' in event && event.run === run).at(-1);
  expect(of(victim)).toMatchObject({ type: 'failed', error: { code: 'host.trainer-lost' } });
  expect(of(survivor)).toMatchObject({ type: 'finished', record: { epochs: 1 } });
  expect((await bridge.call('run.list', {})).records.map(({ id }) => id)).toEqual([survivor]);
  end();
});

test('a page that died comes back to the same Lab', () => {
  window().webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect(window().webContents.reloads).toBe(0);
  window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window().webContents.reloads).toBe(1);
});
