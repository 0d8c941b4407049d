import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LabEvent } from '../../src/core/protocol';
import { Broadcast } from '../../src/main/broadcast';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const standing = { epochs: 9, done: 0.5, samplesPerSecond: 1, secondsLeft: 1 };
const progress = (run: string, epoch: number): LabEvent => ({
  type: 'progress',
  experiment: 'e',
  run,
  epoch,
  ...standing,
});
const paused = (run: string): LabEvent => ({ type: 'paused', experiment: 'e', run });

function listening() {
  const broadcast = new Broadcast();
  const deliveries: LabEvent[][] = [];
  const end = broadcast.subscribe((events) => deliveries.push(events));
  return { broadcast, deliveries, end };
}

test('at most twenty deliveries a second, however many events', () => {
  const { broadcast, deliveries } = listening();
  for (let i = 0; i < 1000; i++) {
    broadcast.emit(progress('a', i));
    vi.advanceTimersByTime(1);
  }
  expect(deliveries.length).toBeGreaterThan(15);
  expect(deliveries.length).toBeLessThanOrEqual(21);
});

test('of progress only the latest is told, of everything else all, in order', () => {
  const { broadcast, deliveries } = listening();
  broadcast.emit(progress('a', 1));
  broadcast.emit(progress('b', 1));
  broadcast.emit(paused('a'));
  broadcast.emit(progress('a', 2));
  broadcast.emit(paused('b'));
  vi.advanceTimersByTime(100);
  expect(deliveries).toEqual([[progress('b', 1), paused('a'), progress('a', 2), paused('b')]]);
});

test('who has left hears nothing more', () => {
  const { broadcast, deliveries, end } = listening();
  end();
  broadcast.emit(paused('a'));
  vi.advanceTimersByTime(100);
  expect(deliveries).toEqual([]);
});
