import v8 from 'node:v8';
import { Arena } from '../../../src/core/kernels/arena';
import { instantiate, type Kernels, newMemory } from '../../../src/core/kernels/index';
import { compile } from '../../../src/core/kernels/modules';
import { referenceKernels } from '../../../src/core/kernels/reference/index';
import { double, single } from '../../../src/core/kernels/reference/memory';
import {
  placeGradients,
  placeModel,
  placeWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../../src/core/nn/layout';
import type { ModelSpec } from '../../../src/core/nn/model';
import { parameterTable } from '../../../src/core/nn/parameters';
import { pack, prepareRows, stack } from '../../../src/core/nn/stack';

// this Node's engine has relaxed SIMD behind a flag
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

/** Everything that can stand behind the kernels' interface. */
export const backends = ['twin64', 'twin32', 'plain', 'relaxed'] as const;
export type Backend = (typeof backends)[number];

export interface Floor {
  k: Kernels;
  f: Float32Array | Float64Array;
  i: Int32Array;
}
const modules = { plain: compile('plain'), relaxed: compile('relaxed') };
export function floor(backend: Backend, bytes: number): Floor {
  if (backend === 'twin64') {
    const memory = double(Math.ceil(bytes / 64) * 64);
    return { k: referenceKernels(memory), ...memory };
  }
  const memory = newMemory(bytes);
  const arrays = single(memory.buffer);
  return { k: backend === 'twin32' ? referenceKernels(arrays) : instantiate(modules[backend], memory), ...arrays };
}

/** One model and one workspace on a floor, with places for inputs, gradient and the optimizer's moments. */
export function workbench(
  backend: Backend,
  model: ModelSpec,
  options: WorkspaceOptions & { slices?: number; numbers?: number },
) {
  const arena = new Arena();
  const buffers = placeModel(arena, model);
  const work = placeWorkspace(arena, model, 'work', options);
  const grads = placeGradients(arena, model, options.slices ?? 1);
  const gradient = arena.add('gradient', [buffers.size]);
  const moments = [arena.add('m', [buffers.size]), arena.add('v', [buffers.size])] as const;
  const free = arena.add('free', [options.numbers ?? 64]);
  const { k, f, i } = floor(backend, arena.bytes);
  const net = stack(k, model, buffers);
  prepareRows(f, net, work, options.extra);
  const table = parameterTable(model);
  const read = (at: number, n: number) => Array.from(f.subarray(at / 4, at / 4 + n));
  return {
    k,
    f,
    i,
    net,
    work,
    grads,
    gradient,
    moments,
    free,
    buffers,
    read,
    /** Named arrays → the flat weights, packed. */
    setWeights(named: (name: string) => number[]) {
      for (const { name, offset, size } of table) {
        const values = named(name);
        if (values.length !== size) throw new Error(`${name}: ${values.length} numbers, not ${size}`);
        f.set(values, buffers.weights / 4 + offset);
      }
      pack(net);
    },
    named: (at: number) =>
      Object.fromEntries(table.map(({ name, offset, size }) => [name, read(at + offset * 4, size)])) as Record<
        string,
        number[]
      >,
    /** x [T][N][D] into the first layer's rows. */
    setInputs(x: number[][][], S: number) {
      const { E, H } = net.shapes[0]!;
      const D = model.D;
      x.forEach((step, t) => {
        step.forEach((row, n) => {
          f.set(row, work.layers[0]!.rows / 4 + (t * S + n) * (E + H) + E - 1 - D);
        });
      });
    },
    /** h0, c0 [L][N][H] as the states to begin from. */
    setStates(h0: number[][][], c0?: number[][][]) {
      h0.forEach((layer, l) => {
        const { E, H } = net.shapes[l]!;
        layer.forEach((row, n) => {
          f.set(row, work.layers[l]!.rows / 4 + n * (E + H) + E);
        });
      });
      c0?.forEach((layer, l) => {
        layer.forEach((row, n) => {
          row.forEach((value, j) => {
            f[panelAt(work.layers[l]!.cells, work.layers[l]!.cellPanel, n, j)] = value;
          });
        });
      });
    },
    /** Hidden states [T+1][N][H] of a layer. */
    states(l: number, S: number, N: number): number[][][] {
      const { E, H } = net.shapes[l]!;
      const rows = work.layers[l]!.rows / 4;
      return Array.from({ length: work.T + 1 }, (_, t) =>
        Array.from({ length: N }, (_, n) => {
          const at = rows + (t * S + n) * (E + H) + E;
          return Array.from(f.subarray(at, at + model.H));
        }),
      );
    },
    /** Cell states [T+1][N][H] of a layer whose steps are all kept. */
    cells(l: number, S: number, N: number): number[][][] {
      const { cells, cellPanel } = work.layers[l]!;
      return Array.from({ length: work.T + 1 }, (_, t) =>
        Array.from({ length: N }, (_, n) =>
          Array.from({ length: model.H }, (_, j) => f[panelAt(cells, cellPanel, t * S + n, j)] as number),
        ),
      );
    },
    panel: (at: number, panelBytes: number, row: number, column: number) =>
      f[panelAt(at, panelBytes, row, column)] as number,
    setPanel(at: number, panelBytes: number, row: number, column: number, value: number) {
      f[panelAt(at, panelBytes, row, column)] = value;
    },
  };
}
export type Workbench = ReturnType<typeof workbench>;
export type { Workspace };

export const panelAt = (at: number, panelBytes: number, row: number, column: number) =>
  at / 4 + (column >> 3) * (panelBytes / 4) + row * 8 + (column & 7);

/** The largest difference, relative to the largest size among the expected. */
export function difference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} numbers, not ${expected.length}`);
  let worst = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i]! - expected[i]!);
    worst = Number.isFinite(d) ? Math.max(worst, d) : Infinity;
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return worst / (size || 1);
}
export const flat = (nested: unknown): number[] => (nested as unknown[]).flat(9) as number[];
