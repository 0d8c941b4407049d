import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { DataSource, LabBridge } from '../../src/core/protocol';
import { bundledExamples } from '../../src/main/examples';
import { Lab } from '../../src/main/lab';
import { serve } from '../../src/main/serve';
import { Store } from '../../src/main/store';
import { trainerProcess } from '../../src/main/trainer-link';
import { SocketBridge } from '../../src/renderer/connect';
import { built } from './built';
import * as electron from './electron-fake';
import { play, prices } from './script';

vi.mock('electron', () => import('./electron-fake'));
// the page's own connection code, on Node's WebSocket
vi.stubGlobal('WebSocket', WebSocket);

/** The same script of calls and events over every carrier, with a real trainer process behind each. */
let folder = '';
let file = '';
let direct: Awaited<ReturnType<typeof play>>;

function newLab(project: string): Lab {
  const startTrainer = trainerProcess(built('trainer.js'));
  return new Lab({ version: '0', store: new Store(join(folder, project)), startTrainer, examples: bundledExamples });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-carriers-'));
  file = join(folder, '시세.csv');
  await writeFile(file, prices(160));
  const lab = newLab('direct');
  direct = await play(lab, lab.admit(file, '시세.csv'));
  lab.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('called directly, the script says what it should', () => {
  const { said, stoppedAfter } = direct;
  expect(said.inspection).toMatchObject({ rows: 160, target: 'Close', dateColumn: 'Date', problems: [] });
  expect(said.inspection.frequency).toEqual({ step: 'business-day', every: 1 });
  expect(said.samples.names).toEqual(['Date', 'Open', 'Close', 'Volume']);
  expect(said.series.at.every((row) => row >= 10 && row < 60)).toBe(true);
  expect(said.plan.refusals).toEqual([]);
  expect(said.cells).toEqual([
    ['rnn', 3],
    ['lstm', 3],
  ]);
  expect(said.listed).toEqual(['lstm', 'rnn']);
  expect(said.test!.values).toHaveLength(said.plan.windows!.test);
  expect(said.baselines[0]!.name).toBe('naive');
  expect(said.verdict!.sentence).toMatch(/\.$/);
  expect(said.stopped).toBe('interrupted');
  expect(stoppedAfter).toBeLessThan(10_000);
  expect(said.order).toEqual(['queued', 'started', 'epoch', 'finished']);
  expect(said.refusals.map((refusal) => (typeof refusal === 'string' ? refusal : refusal.code))).toEqual([
    'host.unknown-run',
    'host.unknown-example',
    'experiment.unknown-column',
    'experiment.option-range',
    'host.unknown-dataset',
  ]);
});

test('a WebSocket carries the same, as the page itself connects', async () => {
  const lab = newLab('socket');
  const serving = await serve({ lab, port: 0 });
  const { host, search } = new URL(serving.address);
  const socket = new SocketBridge(`ws://${host}/ws${search}`, (url) => {
    // it goes on trying to connect when the host is gone
    const opened = new WebSocket(url, { headers: { Origin: `http://${host}` } }).on('error', () => {});
    return opened as never;
  });
  const answer = await fetch(`http://${host}/upload${search}&name=${encodeURIComponent('시세.csv')}`, {
    method: 'POST',
    body: prices(160),
  });
  expect(answer.status).toBe(200);
  const { said } = await play(socket, (await answer.json()) as DataSource);
  expect(said).toEqual(JSON.parse(JSON.stringify(direct.said)));
  await serving.close();
  lab.close();
});

test("Electron's wire carries the same, from preload to utility process", async () => {
  process.env.UNROLL_PROJECT = join(folder, 'electron');
  electron.built.trainer = built('trainer.js');
  await import('../../src/main/preload');
  await import('../../src/main/index');
  await vi.waitFor(() => expect(electron.BrowserWindow.all).toHaveLength(1));
  const bridge = electron.bridges.get('lab') as LabBridge;
  const { said } = await play(bridge, await bridge.sourceOf({ path: file }));
  expect(said).toEqual(direct.said);
  electron.app.quit();
  delete process.env.UNROLL_PROJECT;
});
