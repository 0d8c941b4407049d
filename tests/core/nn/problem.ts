import { Arena } from '../../../src/core/kernels/arena';
import { type Drop, dropOf } from '../../../src/core/nn/layers';
import { type ModelSpec, quantilesOf } from '../../../src/core/nn/model';
import { openNetwork, placeNetwork, type Windows } from '../../../src/core/nn/network';
import { parameterTable } from '../../../src/core/nn/parameters';
import { Random } from '../../../src/core/nn/random';
import { type Backend, floor, panelAt } from './workbench';

export interface ProblemOptions {
  backend: Backend;
  model: ModelSpec;
  T: number;
  /** Steps the gradient goes back; T unless told. */
  kept?: number;
  n: number;
  rows: number;
  centre: 0 | 1;
  /** Target columns per step. */
  C?: number;
  loss?: number;
}

/**
 * Any network with random weights on windows of a random table: its loss as a function of its weights, the gradient as it
 * says it is, and as central differences say.
 */
export function problem({ backend, model, T, kept = T, n, rows, centre, C = 1, loss: kind = 0 }: ProblemOptions) {
  const arena = new Arena();
  const S = Math.ceil(n / 4) * 4;
  const places = placeNetwork(arena, model, { S, T, kept, extra: 1, seats: 1, slices: 2 });
  const at = {
    table: arena.add('table', [rows, model.D]),
    starts: arena.add('starts', [S]),
    gradient: arena.add('gradient', [places.size]),
    levels: arena.add('levels', [8]),
  };
  const { k, f, i } = floor(backend, arena.bytes);
  const net = openNetwork(k, f, model, places, 0);
  const random = new Random(11);
  const table = Array.from({ length: rows * model.D }, () => random.normal());
  const starts = Array.from({ length: n }, (_, s) => 3 * s + 1);
  f.set(table, at.table / 4);
  i.set(starts, at.starts / 4);
  const parameters = parameterTable(model);
  const weights = Array.from({ length: net.count }, () => 0.5 * random.normal());
  f.set(weights, places.weights / 4);
  net.pack();
  const known = model.decoder?.known ?? 0;
  const centred = centre ? model.D - known : 0;
  const windows: Windows = { S, n, T, D: model.D, C, table: at.table, starts: at.starts, centre: centred };
  const drop: Drop = dropOf(model.dropout, 77);
  const { O } = model;
  const Q = quantilesOf(model);
  f.set(model.quantiles ?? [], at.levels / 4);
  const loss = () => {
    const { y, target, dy, dyRows } = net.outputs;
    net.gather(windows);
    k.gatherTargets(T, S, n, model.D, C, 1, O / Q / C, at.table, at.starts, centre, target);
    net.forward(S, drop);
    const scale = 1 / (n * O);
    if (Q > 1) return k.pinball(Q, at.levels, S, n, O / Q, y, target, dy, dyRows, scale) * scale;
    return k.loss(kind, S, n, O, y, target, dy, dyRows, scale, 0.7) * scale;
  };
  return {
    net,
    table,
    starts,
    loss,
    named: (name: string) => {
      const { offset, size } = parameters.find((p) => p.name === name)!;
      return weights.slice(offset, offset + size);
    },
    /** [n][O] */
    outputs: () =>
      Array.from({ length: n * O }, (_, e) => f[panelAt(net.outputs.y, S * 32, Math.floor(e / O), e % O)]!),
    forward(kept: boolean) {
      net.gather(windows);
      net.forward(S, kept ? drop : null);
    },
    /** Half of what two equal slices give together, so that slices are told apart. */
    gradient(): number[] {
      for (const slice of [0, 1]) {
        loss();
        net.backward(slice, S, drop);
      }
      net.collect(2, at.gradient);
      const twice = Array.from(f.subarray(at.gradient / 4, at.gradient / 4 + net.count));
      return twice.map((g) => g / 2);
    },
    /** Central difference of the loss by one weight. */
    slope(index: number): number {
      const step = 1e-5;
      const where = places.weights / 4 + index;
      const was = f[where]!;
      const lossAt = (x: number) => {
        f[where] = x;
        net.pack();
        return loss();
      };
      const slope = (lossAt(was + step) - lossAt(was - step)) / (2 * step);
      lossAt(was);
      return slope;
    },
    parameters,
  };
}
export type Problem = ReturnType<typeof problem>;
