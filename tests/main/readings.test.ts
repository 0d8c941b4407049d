import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabEvent } from '../../src/core/protocol';
import { Lab } from '../../src/main/lab';
import { Readings } from '../../src/main/readings';
import { Store } from '../../src/main/store';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-readings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sha = 'a'.repeat(64);

test('what was chosen for a file is kept, and no choice at all is forgotten', async () => {
  const readings = new Readings(join(folder, 'project'));
  expect(await readings.of(sha)).toBeUndefined();
  await readings.keep(sha, { dateOrder: 'dmy' });
  await readings.keep('b'.repeat(64), { decimal: ',' });
  expect(await new Readings(join(folder, 'project')).of(sha)).toEqual({ dateOrder: 'dmy' });
  await readings.keep(sha, {});
  expect(await readings.of(sha)).toBeUndefined();
  expect(await readings.of('b'.repeat(64))).toEqual({ decimal: ',' });
});

test.each(['', '{', '[]', '{"x":{}}', `{"${sha}":{"dateOrder":"sideways"}}`])(
  'damaged memory %j remembers nothing',
  async (text) => {
    await writeFile(join(folder, 'readings.json'), text);
    const readings = new Readings(folder);
    expect(await readings.of(sha)).toBeUndefined();
    await readings.keep(sha, { decimal: ',' });
    expect(JSON.parse(await readFile(join(folder, 'readings.json'), 'utf8'))).toEqual({ [sha]: { decimal: ',' } });
  },
);

test('a file opens the way it was last answered for, in another start and under another name', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `0${1 + (i % 9)}/0${1 + (i % 7)}/${2000 + i},${i}`).join('\n');
  await writeFile(join(folder, 'a.csv'), `date,value\n${rows}\n`);
  await writeFile(join(folder, 'b.csv'), `date,value\n${rows}\n`);
  const lab = () =>
    new Lab({
      version: '0',
      store: new Store(join(folder, 'project')),
      examples: [],
      startTrainer: () => ({ post: () => {}, close: () => {} }),
    });
  const events: LabEvent[] = [];
  const first = lab();
  first.subscribe((event) => events.push(event));
  const source = first.admit(join(folder, 'a.csv'));
  const open = { source, ticket: 't' };
  expect((await first.call('data.open', open)).inspection.question?.code).toBe('data.date-order-open');
  await first.call('data.open', { ...open, reading: { dateOrder: 'mdy' } });
  expect((await first.call('data.open', open)).inspection.question, 'not kept unless asked').not.toBeNull();
  await first.call('data.open', { ...open, reading: { dateOrder: 'mdy' }, keep: true });
  const second = lab();
  const again = await second.call('data.open', { source: second.admit(join(folder, 'b.csv')), ticket: 't' });
  expect(again.inspection.question).toBeNull();
  expect(again.reading.dateOrder).toBe('mdy');
});
