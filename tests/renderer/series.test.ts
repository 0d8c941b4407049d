import { expect, test } from 'vitest';
import type { LabConnection } from '../../src/core/protocol';
import { SeriesWindow } from '../../src/renderer/state/series.svelte';

/** Hours of so many days, one after the other. */
const hoursOf = (days: number) => ({
  call: async (_: string, { column }: { column: string }) => {
    const at = Array.from({ length: 24 * days }, (_, hour) => hour);
    return { column, rows: at.length, at, times: at.map((hour) => 3_600_000 * hour), values: at.map(Math.sin) };
  },
});
const opened = (days: number) => new SeriesWindow(hoursOf(days) as unknown as LabConnection, (work) => work);
const outputs = Array.from({ length: 24 }, (_, hour) => `h${hour}`);
const curves = { inputs: [], missing: 'leave-out' as const, outputs };
const hour = 3_600_000;
const dayMilliseconds = 24 * hour;

test('curves open on their last three weeks, and stay where they are looked at', async () => {
  const series = opened(365);
  await series.show('file', 'h0', 365, curves);
  expect(series.range!.from).toBe(344 * dayMilliseconds);
  expect(series.range!.to).toBeLessThan(366 * dayMilliseconds);
  series.look(null);
  await series.show('file', 'h0', 365, { ...curves, inputs: ['temperature'] });
  expect(series.range).toBeNull();
});

test('what is no curve opens whole, and so do curves of a few days', async () => {
  const series = opened(365);
  await series.show('file', 'h0', 365, { ...curves, outputs: [] });
  expect(series.range).toBeNull();
  const few = opened(10);
  await few.show('file', 'h0', 10, curves);
  expect(few.range?.from ?? 0).toBe(0);
});

test('forecasts come into sight by the last rows, once, and only where nobody looked elsewhere', async () => {
  const rows = { ...curves, outputs: [] };
  const series = opened(50);
  await series.show('file', 'x', 1200, rows);
  series.ahead = 24;
  expect(series.range).toBeNull();
  series.lookAtForecasts(180);
  expect(series.range!.from).toBe(1040 * hour);
  expect(series.range!.to).toBeGreaterThanOrEqual(1223 * hour);
  // all of it, asked for, stays; another file begins anew
  series.look(null);
  series.lookAtForecasts(180);
  expect(series.range).toBeNull();
  await series.show('other', 'x', 1200, rows);
  series.look({ from: 0, to: 100 * hour });
  series.lookAtForecasts(180);
  expect(series.range!.from).toBe(0);
});

test('what is legible as a whole stays whole', async () => {
  const few = opened(8);
  await few.show('file', 'x', 192, { ...curves, outputs: [] });
  few.lookAtForecasts(60);
  expect(few.range).toBeNull();
  // where few rows are forecast, fewer are seen, for else they are a corner of the chart
  const short = opened(8);
  await short.show('file', 'x', 192, { ...curves, outputs: [] });
  short.lookAtForecasts(20);
  expect(short.range!.from).toBe(132 * hour);
});
