import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built } from './built';
import { prices } from './script';

/** The command line as scripts use it: exit status, one document on stdout, progress on stderr, runs on disk. */
let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-cli-'));
  await writeFile(at('prices.csv'), prices(200));
  await writeFile(at('empty.csv'), '');
  await writeFile(at('short.csv'), prices(12));
  await writeFile(at('constant.csv'), prices(100).replaceAll(/,[\d.]+,(\d+)$/gm, ',7,$1'));
  await writeFile(
    at('binary.csv'),
    Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}
function unroll(...given: string[]): Promise<Ended> & { child: ChildProcess } {
  const child = spawn(process.execPath, [built('cli.js'), ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (said.stdout += text));
  child.stderr.on('data', (text) => (said.stderr += text));
  const ended = new Promise<Ended>((resolve) => child.once('close', (status) => resolve({ status, ...said })));
  return Object.assign(ended, { child });
}
const quick = ['--epochs', '2', '--lookback', '8', '--hidden', '8', '--transform', 'none', '--scale', 'standard'];
const forecast = (...given: string[]) => unroll('forecast', at('prices.csv'), ...quick, ...given);

/** Rows of the file, by column. */
function columnOf(name: string): number[] {
  const [head, ...lines] = prices(200).trim().split('\n');
  const i = head!.split(',').indexOf(name);
  return lines.map((line) => Number(line.split(',')[i]));
}

test('inspect tells what was understood', async () => {
  const { status, stdout } = await unroll('inspect', at('prices.csv'), '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    rows: 200,
    dateColumn: 'Date',
    target: 'Close',
    frequency: { step: 'business-day', every: 1 },
    first: ['2020-01-01', columnOf('Close')[0]],
    problems: [],
    question: null,
  });
  const open = JSON.parse((await unroll('inspect', at('prices.csv'), '--json', '--target', 'Open')).stdout);
  expect(open).toMatchObject({ target: 'Open', first: ['2020-01-01', columnOf('Open')[0]] });
});

test('forecast judges every model beside naive, dates the next business day, and repeats itself', async () => {
  const project = at('repeats');
  const given = ['--models', 'rnn,lstm,gru', '--seed', '1', '--json', '--project', project];
  const first = await forecast(...given, '--threads', '1');
  expect(first.status).toBe(0);
  const document = JSON.parse(first.stdout);
  expect(document.models.map(({ name }: { name: string }) => name)).toEqual(['rnn', 'lstm', 'gru']);
  const { test: part } = document.split;
  const close = columnOf('Close');
  const unseen = Array.from({ length: part.rows }, (_, i) => close.length - part.rows + i);
  const naive = unseen.reduce((sum, row) => sum + Math.abs(close[row]! - close[row - 1]!), 0) / unseen.length;
  const baseline = document.baselines.find(({ name }: { name: string }) => name === 'naive').metrics.test;
  expect(baseline.n).toBe(part.rows);
  expect(baseline.mae).toBeCloseTo(naive, 10);
  for (const { metrics, forecast: future, loss } of document.models) {
    for (const name of ['mae', 'rmse', 'mase', 'skill']) expect(metrics.test[name]).toEqual(expect.any(Number));
    expect(metrics.test.skill).toBeCloseTo(1 - metrics.test.mae / naive, 10);
    expect(loss.train).toHaveLength(2);
    // 200 business days from Wednesday, 2020-01-01 end on a Tuesday
    expect(future).toHaveLength(1);
    expect(future[0]).toMatchObject({ step: 1, time: '2020-10-07', value: expect.any(Number) });
  }
  expect(document.settings).toMatchObject({ target: 'Close', seed: 1, lookback: 8, horizon: 1, epochs: 2 });

  const again = JSON.parse((await forecast(...given, '--threads', '2')).stdout);
  const numbers = ({ models, baselines, verdict }: typeof document) => ({
    models: models.map(({ loss, metrics, forecast: future }: typeof document) => ({ loss, metrics, future })),
    baselines,
    verdict,
  });
  expect(numbers(again)).toEqual(numbers(document));
});

test('with --out the results are files of one folder', async () => {
  const out = at('out');
  const { status, stdout } = await forecast(
    '--models',
    'rnn,gru',
    '--json',
    '--project',
    at('outs'),
    '--out',
    out,
    '--horizon',
    '2',
    '--task',
    'autoregressive',
  );
  expect(status).toBe(0);
  const document = JSON.parse(stdout);
  expect(document.models.map((model: { testPredictions: string }) => model.testPredictions)).toEqual([
    join(out, 'predictions.csv'),
    join(out, 'predictions.csv'),
  ]);
  expect(JSON.parse(await readFile(join(out, 'forecast.json'), 'utf8'))).toEqual(document);
  const [head, ...lines] = (await readFile(join(out, 'predictions.csv'), 'utf8')).trim().split('\n');
  expect(head).toBe('time,actual,rnn,gru,origin,step,last');
  expect(lines).toHaveLength(document.models[0].metrics.test.n);
  const rows = lines.map((line) => line.split(',').slice(1).map(Number) as [number, number]);
  const mae = rows.reduce((sum, [actual, rnn]) => sum + Math.abs(actual - rnn), 0) / rows.length;
  expect(mae).toBeCloseTo(document.models[0].metrics.test.mae, 8);
  expect((await readFile(join(out, 'forecast.csv'), 'utf8')).split('\n')[0]).toMatch(/^step,time,rnn,rnn lower80,/);
});

test('progress goes to stderr, a line per 10%, and nothing when quiet', async () => {
  const told = await forecast('--models', 'rnn', '--project', at('told'));
  expect(told.stderr.match(/^\d+%/gm)!.length).toBeLessThanOrEqual(10);
  expect(told.stderr).toMatch(/^100%/m);
  expect(told.stdout).toContain('naive');
  const quiet = await forecast('--models', 'rnn', '--project', at('told'), '--quiet');
  expect(quiet).toMatchObject({ status: 0, stderr: '' });
});

test.each<[string, string[], { code: RegExp; names: RegExp; file?: true }]>([
  ['a file that is not there', ['nothing.csv'], { code: /^host\.no-file$/, names: /nothing\.csv/, file: true }],
  ['a folder', ['.'], { code: /^host\.not-a-file$/, names: /folder/, file: true }],
  ['an empty file', ['empty.csv'], { code: /^data\.empty$/, names: /empty/, file: true }],
  ['a binary file', ['binary.csv'], { code: /^data\./, names: /binary|text/i, file: true }],
  ['a series too short', ['short.csv', '--lookback', '30'], { code: /^experiment\.too-short$/, names: /too short/ }],
  [
    'a constant series',
    ['constant.csv', '--target', 'Close'],
    { code: /^experiment\.constant$/, names: /"Close" is 7/ },
  ],
  ['an unknown column', ['prices.csv', '--target', 'Nope'], { code: /unknown-column$/, names: /"Nope"/ }],
  ['an unknown input', ['prices.csv', '--inputs', 'Open,Nope'], { code: /unknown-column$/, names: /"Nope"/ }],
  ['no hidden units', ['prices.csv', '--hidden', '0'], { code: /option/, names: /hidden.*0/ }],
  ['a word for a number', ['prices.csv', '--lr', 'fast'], { code: /option/, names: /lr.*fast/ }],
  ['an unknown model', ['prices.csv', '--models', 'rnn,transformer'], { code: /option/, names: /models.*transformer/ }],
  ['shares that are not one', ['prices.csv', '--split', '0.9,0.9,0.9'], { code: /shares/, names: /0\.9/ }],
  ['two shares', ['prices.csv', '--split', '0.5,0.5'], { code: /option/, names: /split/ }],
  ['an unknown option', ['prices.csv', '--hiden', '3'], { code: /^host\.usage$/, names: /--hiden/ }],
  ['an option without its value', ['prices.csv', '--hidden'], { code: /option/, names: /hidden.*--json/ }],
  ['an unknown example', ['example:none'], { code: /^host\.unknown-example$/, names: /sp500/ }],
])(
  '%s is refused with status 2, one sentence and a document',
  async (_, [file, ...given], { code, names, file: named }) => {
    const path = file!.startsWith('example:') ? file! : at(file!);
    const { status, stdout, stderr } = await unroll(
      'forecast',
      path,
      ...given,
      '--json',
      '--quiet',
      '--project',
      at('refused'),
    );
    expect(status).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error.code).toMatch(code);
    expect(`${error.message} ${error.remedy}`).toMatch(names);
    expect(error.remedy).not.toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(error.message);
    if (named) expect(error.file).toBe(path);
  },
);

test('a file that can be read in two ways is not read on a guess: the option that decides is named', async () => {
  const days = Array.from(
    { length: 60 },
    (_, i) => `${String((i % 5) + 1).padStart(2, '0')}/${String(Math.floor(i / 5) + 1).padStart(2, '0')}/2024,${i}`,
  );
  await writeFile(at('either.csv'), `Date,Value\n${days.join('\n')}\n`);
  const inspected = JSON.parse((await unroll('inspect', at('either.csv'), '--json')).stdout);
  expect(inspected.question.choices.map(({ value }: { value: string }) => value)).toEqual(['dmy', 'mdy']);
  const asked = await unroll('forecast', at('either.csv'), '--json', '--quiet', '--project', at('either'));
  expect(asked.status).toBe(2);
  expect(JSON.parse(asked.stdout).error.remedy).toContain('--date-order dmy or --date-order mdy');
  const decided = await unroll('inspect', at('either.csv'), '--json', '--date-order', 'dmy');
  expect(JSON.parse(decided.stdout)).toMatchObject({ question: null, start: '2024-01-01' });
});

test('Ctrl-C stops what trains, keeps what was learned and ends with 130', async () => {
  const project = at('interrupted');
  const running = forecast(
    '--models',
    'rnn,lstm',
    '--epochs',
    '1000',
    '--patience',
    '0',
    '--json',
    '--project',
    project,
  );
  // the first tenth is within the first model
  await new Promise<void>((resolve) => {
    running.child.stderr!.on('data', (text) => /^rnn|epoch/m.test(String(text)) && resolve());
  });
  running.child.kill('SIGINT');
  const { status, stdout } = await running;
  expect(status).toBe(130);
  const [rnn] = JSON.parse(stdout).models;
  expect(rnn).toMatchObject({ name: 'rnn', stopped: 'interrupted' });
  expect(rnn.metrics.test.mae).toEqual(expect.any(Number));
  const kept = JSON.parse((await unroll('runs', '--json', '--project', project)).stdout);
  expect(kept.runs.map(({ run }: { run: string }) => run)).toContain(rnn.run);
});

test('runs are listed and shown; a damaged one is left out with a note', async () => {
  const project = at('listed');
  expect(JSON.parse((await unroll('runs', '--json', '--project', project)).stdout).runs).toEqual([]);
  const { models } = JSON.parse((await forecast('--models', 'rnn,gru', '--json', '--project', project)).stdout);
  const [first, second] = models.map(({ run }: { run: string }) => run);
  const shown = JSON.parse((await unroll('show', first, '--json', '--project', project)).stdout);
  expect(shown).toMatchObject({ version: 1, run: first, metrics: models[0].metrics, settings: { target: 'Close' } });
  expect((await readdir(join(project, 'runs', first))).sort()).toEqual([
    'checkpoint.safetensors',
    'epochs.safetensors',
    'predictions.csv',
    'run.json',
    'weights.safetensors',
  ]);
  await writeFile(join(project, 'runs', second, 'run.json'), '{');
  const { status, stdout, stderr } = await unroll('runs', '--json', '--project', project);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).runs.map(({ run }: { run: string }) => run)).toEqual([first]);
  expect(stderr).toContain(second);
  const gone = await unroll('show', 'nobody', '--json', '--project', project);
  expect(gone.status).toBe(2);
  expect(JSON.parse(gone.stdout).error.code).toBe('host.unknown-run');
});

test('a run is repeated from its own record, and only on its own file', async () => {
  const given = ['--json', '--project', at('again')];
  const { models } = JSON.parse((await forecast('--models', 'gru', '--scale', 'auto', '--seed', '5', ...given)).stdout);
  const { run, metrics } = models[0];
  const again = await unroll('rerun', run, ...given);
  expect(again.status).toBe(0);
  const document = JSON.parse(again.stdout);
  expect(document.rerun).toEqual({ of: run, same: true });
  expect(document.models[0]).toMatchObject({ metrics });
  expect(document.models[0].run).not.toBe(run);

  await writeFile(at('other.csv'), prices(199));
  const other = await unroll('rerun', run, '--file', at('other.csv'), ...given);
  expect(other.status).toBe(2);
  expect(JSON.parse(other.stdout).error).toMatchObject({ code: 'host.file-changed', file: at('other.csv') });

  const path = join(at('again'), 'runs', run, 'run.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"path":', '"formerly":'));
  const unknown = await unroll('rerun', run, ...given);
  expect(unknown.status).toBe(2);
  expect(JSON.parse(unknown.stdout).error.code).toBe('host.file-unknown');
  expect((await unroll('rerun', run, '--file', at('prices.csv'), ...given)).status).toBe(0);
});

test('backtest judges each model on one stretch of rows after another, beside naive on the same', async () => {
  const given = ['--models', 'rnn', '--folds', '3', '--json', '--quiet'];
  const { status, stdout } = await unroll('backtest', at('prices.csv'), ...quick, ...given);
  expect(status).toBe(0);
  const { folds, models, baselines } = JSON.parse(stdout);
  expect(folds).toBe(3);
  const [{ folds: parts, metrics, overFolds }] = models;
  const close = columnOf('Close');
  type Part = { split: { test: { rows: number } } };
  const first = close.length - parts.reduce((rows: number, { split }: Part) => rows + split.test.rows, 0);
  const naive = close.slice(first).reduce((sum, value, i) => sum + Math.abs(value - close[first + i - 1]!), 0);
  expect(metrics.test.n).toBe(close.length - first);
  expect(baselines[0].metrics.test.mae).toBeCloseTo(naive / (close.length - first), 10);
  expect(overFolds.mae.deviation).toEqual(expect.any(Number));
  const { status: refused, stdout: document } = await unroll(
    'backtest',
    at('prices.csv'),
    ...given,
    '--folds',
    '100',
    '--horizon',
    '2',
  );
  expect(refused).toBe(2);
  expect(JSON.parse(document).error.code).toBe('experiment.folds');
});

test('serve prints its address first, and ends when told', async () => {
  const running = unroll('serve', '--no-open', '--project', at('served'));
  const address = await new Promise<string>((resolve) =>
    running.child.stdout!.once('data', (text) => resolve(String(text).split('\n')[0]!)),
  );
  expect((await fetch(address)).status).toBe(200);
  expect((await fetch(new URL('/', address))).status).toBe(403);
  running.child.kill('SIGTERM');
  expect((await running).status).toBe(0);
});

test('every command has help', async () => {
  for (const command of ['', 'inspect', 'forecast', 'backtest', 'runs', 'show', 'rerun', 'examples', 'serve']) {
    const { status, stdout, stderr } = await unroll(...(command ? [command] : []), '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: unroll/);
    expect(stderr).toBe('');
  }
});
