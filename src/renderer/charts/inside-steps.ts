import type { InsideProbe, InsideStack, Num } from '../../core/inside/view';
import { momentText } from './inside';

type Stacks = InsideProbe['stacks'];

/** The stack whose gradient by step is drawn: the one that is shown, or the first where of that one none was kept. */
export const drawnStack = (stacks: Stacks, shown: number): number =>
  stacks[shown]?.layers.at(-1)?.gradient?.h ? shown : 0;

/** What the steps of a stack are called: by the rows read, by the rows forecast, or by number. */
export function stepNames(
  { times, lookback, forecast }: Pick<InsideProbe, 'times' | 'lookback' | 'forecast'>,
  { name, steps }: Pick<InsideStack, 'name' | 'steps'>,
): string[] {
  const told = name === 'decoder' && steps === forecast.length;
  return Array.from({ length: steps }, (_, step) => {
    if (told) return momentText(forecast[step]!.time) ?? `+${forecast[step]!.step}`;
    const read = name !== 'decoder' && steps === lookback;
    return (read && momentText(times?.[step])) || `${step + 1}`;
  });
}

/** A forecast of several steps in short: its least and largest value, and how far off it is on average where the truth is known. */
export function curveFacts(forecast: { value: Num; actual: Num }[]): { low: Num; high: Num; error: Num } {
  const values = forecast.flatMap(({ value }) => (value === null ? [] : [value]));
  const errors = forecast.flatMap(({ value, actual }) =>
    value === null || actual === null ? [] : [Math.abs(value - actual)],
  );
  if (values.length === 0) return { low: null, high: null, error: null };
  const error = errors.length > 0 ? errors.reduce((sum, one) => sum + one, 0) / errors.length : null;
  return { low: Math.min(...values), high: Math.max(...values), error };
}

/** Where a changed window changes its forecast most, and by how much. */
export function largestChange(now: { value: Num }[], was: { value: Num }[]): { at: number; by: number } {
  return now.reduce(
    (most, { value }, at) => {
      const by = (value ?? 0) - (was[at]?.value ?? 0);
      return Math.abs(by) > Math.abs(most.by) ? { at, by } : most;
    },
    { at: 0, by: 0 },
  );
}
