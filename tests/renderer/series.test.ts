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
const dayMilliseconds = 86_400_000;

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
