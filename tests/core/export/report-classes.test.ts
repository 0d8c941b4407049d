import { expect, test } from 'vitest';
import { type ReportRun, reportOf } from '../../../src/core/export/report';
import { every, run as made, n } from '../forecast/class-runs';

const at = { version: '1.2.3', at: '2026-11-21T10:00:00Z' };
const run = (...of: Parameters<typeof made>): ReportRun => ({ ...made(...of), times: [] });
const runs = [
  run('a', 'gru', every(10)),
  run('b', 'gru', every(5), { seed: 2 }),
  run('c', 'rnn', every(3, 2), { settings: { hidden: 8 } }),
];
/** Cells of the table that follows a heading, row by row, as text. */
function tableAfter(text: string, heading: string, which = 0): string[][] {
  const [, after = ''] = text.split(`<h2>${heading}</h2>`);
  const table = after.split('<table').slice(1)[which]!.split('</table>')[0]!;
  return table
    .split('<tr')
    .slice(1)
    .map((row) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!.replace(/<[^>]*>/g, '').trim()),
    );
}

test('models of classes: verdict, scores, confusion, next class, strips, loss, settings and commands in one file', () => {
  const text = reportOf(runs, 'en', at);
  expect(text).not.toMatch(/<script|<link|<img|url\(|undefined|NaN/);
  expect(text).toContain('GRU tells classes best: of 300 unseen rows it is right in 85%');
  const [head, gru, rnn, majority, persistence] = tableAfter(text, 'Models');
  expect(head!.slice(0, 7)).toEqual([
    ...['Model', 'Seeds', 'Accuracy', 'Balanced', 'Macro F1', 'Cross-entropy', 'Skill'],
  ]);
  expect(gru!.slice(0, 3)).toEqual(['GRU', '1, 2', '85.0% ± 7.1%']);
  expect(rnn!.slice(0, 3)).toEqual(['RNN', '1', '66.7%']);
  expect(majority!.slice(0, 4)).toEqual(['Majority', '', '60.0%', '33.3%']);
  expect(persistence![0]).toBe('Persistence');
  expect(tableAfter(text, 'What was and what was told')).toEqual([
    ['GRU', 'calm', 'slow', 'wild', 'Precision', 'Recall', 'F1'],
    ['calm', '270', '90', '0', '100.0%', '75.0%', '85.7%'],
    ['slow', '0', '180', '0', '66.7%', '100.0%', '80.0%'],
    ['wild', '0', '0', '60', '100.0%', '100.0%', '100.0%'],
  ]);
  const rows = tableAfter(text, 'What was and what was told', 1).slice(1);
  const counts = rows.flatMap((row) => row.slice(1, 4).map(Number));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
  expect(text).toContain('summed over seeds');
  expect(tableAfter(text, 'Are the differences real?').map((row) => row[1])).toEqual([
    ...['against', 'Persistence', 'RNN', 'Persistence'],
  ]);
  expect(tableAfter(text, 'The next class')[1]).toEqual(['GRU', '+1', 'calm', '80.0%', '10.0%', '10.0%']);
  expect(tableAfter(text, 'Data')[1]).toEqual(['calm', '600', '60', '180']);
  // actual, GRU and RNN as strips; the loss as the only chart
  expect(text.match(/preserveAspectRatio="none"/g)).toHaveLength(3);
  expect(text.match(/<svg xmlns/g)).toHaveLength(1);
  for (const wanted of ['MAE', 'forecast values', 'Diebold']) expect(text).not.toContain(wanted);
  expect(text).toContain('unroll forecast');
});

test('a class has the same colour in every strip, whatever its code there', () => {
  const turned = run('b', 'rnn', () => false);
  const [actual, values] = [turned.test!.actual, turned.test!.values].map((codes) => codes.map((code) => 2 - code));
  const classes = { ...turned.test!.classes!, labels: ['wild', 'slow', 'calm'] };
  const other = { ...turned, test: { ...turned.test!, actual: actual!, values: values!, classes } };
  const text = reportOf([run('a', 'gru', () => false), other], 'en', at);
  const strips = text.split('preserveAspectRatio="none"').slice(1);
  const colours = strips.map((strip) => strip.split('</svg>')[0]!.match(/--class-\d/g));
  expect(colours[0]).toHaveLength(90);
  expect(colours[1]).toEqual(colours[0]);
  expect(colours[2]).toEqual(colours[0]);
});

const hostile = `<script>alert(1)</script>"'&`;
test('a class is text, whatever it looks like; in Korean', () => {
  const named = run('a', 'gru', every(4));
  const { classes } = named.record;
  const rename = (label: string) => (label === 'wild' ? hostile : label);
  const metrics = classes!.metrics.test;
  const perClass = metrics.perClass.map((one) => ({ ...one, name: rename(one.name) }));
  const told = {
    ...classes!,
    names: classes!.names.map(rename),
    balance: { ...classes!.balance, classes: classes!.balance.classes.map(rename) },
    metrics: { validation: metrics, test: { ...metrics, perClass } },
  };
  const labels = named.test!.classes!.labels.map(rename);
  const test = { ...named.test!, classes: { ...named.test!.classes!, labels } };
  const text = reportOf([{ ...named, record: { ...named.record, classes: told }, test }], 'ko', at);
  expect(text).not.toMatch(/<script|undefined|NaN/);
  expect(text.match(/&#60;script&#62;/g)!.length).toBeGreaterThanOrEqual(4);
  for (const wanted of ['정확도', '실제와 예측', '최빈 클래스', '맥니마']) expect(text).toContain(wanted);
});

test('without the answers of the test part the rest is told', () => {
  const text = reportOf([{ ...runs[0]!, test: null }], 'en', at);
  expect(text).not.toMatch(/preserveAspectRatio="none"|undefined|NaN/);
  expect(tableAfter(text, 'Models')[1]!.slice(0, 3)).toEqual(['GRU', '1', '90.0%']);
});
