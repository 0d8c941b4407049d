import type { Num } from './view';

/**
 * Units in an order in which neighbours behave alike: from the liveliest unit on, each time the one follows whose trace
 * correlates most, in size, with the last one's. A unit that keeps still correlates with nothing and comes at the end.
 *
 * @param states [T][H]
 * @returns [H] unit numbers
 */
export function orderUnits(states: Num[][]): number[] {
  const H = states[0]?.length ?? 0;
  const traces = Array.from({ length: H }, (_, j) => centred(states.map((row) => row[j] ?? 0)));
  const sizes = traces.map((trace) => Math.sqrt(dot(trace, trace)));
  const alike = (a: number, b: number) => {
    const scale = sizes[a]! * sizes[b]!;
    return scale > 0 ? Math.abs(dot(traces[a]!, traces[b]!)) / scale : -1;
  };
  const rest = Array.from(sizes.keys());
  const order: number[] = [];
  while (rest.length > 0) {
    const last = order.at(-1);
    const worth = rest.map((j) => (last === undefined ? sizes[j]! : alike(j, last)));
    order.push(...rest.splice(worth.indexOf(Math.max(...worth)), 1));
  }
  return order;
}

function centred(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const dot = (a: number[], b: number[]) => a.reduce((sum, value, t) => sum + value * b[t]!, 0);
