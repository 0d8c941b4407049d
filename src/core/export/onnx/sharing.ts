import { type ModelSpec, quantilesOf } from '../../nn/model';
import { sharingOf, ways } from '../../nn/sharing/parameters';
import { candidateOf, wiringOf } from '../../nn/sharing/wiring';
import type { GraphWriter } from './graph';
import { layers, linear, slice } from './layers';

/** Networks whose tasks share (nn/sharing) over x [T][N][D]: [N][Q][K][M]. */
export function sharingNetwork(g: GraphWriter, model: ModelSpec, x: string): string {
  const { kind, tasks } = sharingOf(model);
  const Q = quantilesOf(model);
  const read = Array.from({ length: tasks }, (_, m) => taskRows(g, model, x, m));
  const states = kind === 'uniform' ? uniformStates(g, model, read) : gatedStates(g, model, x, read);
  const columns = states.map((state, m) =>
    g.op('Unsqueeze', `task${m}.column`, [linear(g, `task${m}.head`, state), g.ints(2)]),
  );
  const together = g.op('Concat', 'tasks', columns, { axis: 2 });
  return g.op('Reshape', 'outputs', [together, g.ints(0, Q, model.O / tasks / Q, tasks)]);
}

/** [T][N][I]: task m's own column, and those that all read. */
function taskRows(g: GraphWriter, model: ModelSpec, x: string, m: number): string {
  const { tasks } = sharingOf(model);
  const own = slice(g, `task${m}.own`, x, 2, m, m + 1);
  if (model.D === tasks) return own;
  return g.op('Concat', `task${m}.inputs`, [own, slice(g, `task${m}.common`, x, 2, tasks)], { axis: 2 });
}

/** All tasks through the same layers, as a batch M times as large; [N][H] per task. */
function uniformStates(g: GraphWriter, model: ModelSpec, read: string[]): string[] {
  const { h } = layers(g, model, '', g.op('Concat', 'tasks_as_batch', read, { axis: 1 }));
  const top = g.op('Squeeze', 'states', [h.at(-1) as string, g.ints(0)]);
  const apart = g.op('Reshape', 'states_of_tasks', [top, g.ints(read.length, -1, model.H)]);
  return read.map((_, m) =>
    g.op('Squeeze', `task${m}.state`, [slice(g, `task${m}.part`, apart, 0, m, m + 1), g.ints(0)]),
  );
}

/** Layers that read states through gates, step by step in a scan; [N][H] per task. */
function gatedStates(g: GraphWriter, model: ModelSpec, x: string, read: string[]): string[] {
  const { H, cell } = model;
  const { kind } = sharingOf(model);
  const kept = cell === 'lstm' ? ['h', 'c'] : ['h'];
  const row = g.op('Squeeze', 'first_row', [slice(g, 'first_rows', read[0] as string, 0, 0, 1), g.ints(0)]);
  const some = linear(g, 'task0.gate', row);
  const zero = g.op('Sub', 'no_state', [some, some]);
  const common = kind === 'shared' ? ways.map((way) => commonStates(g, model, x, way)) : [];
  const body = g.inner();
  const input = (name: string, width: number) => body.input(name, 'float', ['N', width]);
  const before = kept.map((what) => read.map((_, m) => input(`task${m}.${what}_before`, H)));
  const own = read.map((_, m) => input(`task${m}.row`, 1 + model.D - read.length));
  const seen = common.map((_, w) => input(`common_${ways[w]}`, H));
  const entering = entrancesOf(body, model, before[0] as string[], own, seen);
  const after = read.map((_, m) =>
    stepOf(
      body,
      model,
      m,
      own[m] as string,
      entering[m] as string,
      before.map((all) => all[m] as string),
    ),
  );
  kept.forEach((what, i) => {
    after.forEach((states, m) => {
      body.output(states[i] as string, `task${m}.${what}_after`, 'float', ['N', H]);
    });
  });
  const ends = kept.flatMap((what) => read.map((_, m) => `task${m}.${what}_last`));
  const initial = ends.map(() => zero);
  const scanned = [...read, ...common];
  const last = g.ops('Scan', ends, [...initial, ...scanned], {
    body: body.graph('step'),
    num_scan_inputs: scanned.length,
  });
  return last.slice(0, read.length);
}

/** [T][N][H] of one direction of the common layer, in the order of time. */
function commonStates(g: GraphWriter, model: ModelSpec, x: string, way: (typeof ways)[number]): string {
  const layer = { ...model, L: 1 };
  if (way === 'forward') return layers(g, layer, 'shared.forward.', x).all;
  const all = layers(g, layer, 'shared.backward.', turned(g, 'inputs_turned', x)).all;
  return turned(g, 'common_backward_in_order', all);
}

const turned = (g: GraphWriter, name: string, x: string): string =>
  g.op('Slice', name, [x, g.ints(-1), g.ints(-Number.MAX_SAFE_INTEGER), g.ints(0), g.ints(-1)]);

/** Per task Σ σ(a + v) ∘ u over what enters its candidate, [N][H]. */
function entrancesOf(g: GraphWriter, model: ModelSpec, states: string[], own: string[], seen: string[]): string[] {
  const { products, entrances } = wiringOf(model);
  const values = new Map<string, string>();
  for (const { parameter, block, from, to } of products) {
    const state = typeof from === 'number' ? states[from] : seen[ways.indexOf(from)];
    const product = g.op('Gemm', `${parameter}.product`, [state as string, matrix(g, model, parameter, block)], {
      transB: 1,
    });
    const known = values.get(to);
    values.set(to, known === undefined ? product : g.op('Add', `${parameter}.sum`, [known, product]));
  }
  return own.map((row, m) => {
    const a = linear(g, `task${m}.gate`, row);
    const terms = entrances[m]!.map(({ u, v }) => {
      const open = g.op('Sigmoid', `task${m}.open`, [g.op('Add', `task${m}.opening`, [a, values.get(v) as string])]);
      return g.op('Mul', `task${m}.let_in`, [open, values.get(u) as string]);
    });
    return terms.reduce((sum, term) => g.op('Add', `task${m}.entering`, [sum, term]));
  });
}

/** Rows of a parameter: the matrix [H][H] that is meant where it has several. */
function matrix(g: GraphWriter, { H }: ModelSpec, parameter: string, block: number): string {
  if (!parameter.endsWith('weight_hh')) return parameter;
  return slice(g, `${parameter}.candidate`, parameter, 0, block * H, (block + 1) * H);
}

/** One step of a task's cell, e entering its candidate: h, and of the LSTM c (nn/sharing/task-layer.ts). */
function stepOf(g: GraphWriter, model: ModelSpec, m: number, row: string, e: string, before: string[]): string[] {
  const { H, cell, activation } = model;
  const name = (what: string) => `task${m}.${what}`;
  const [h, past] = before as [string, string];
  const input = g.op('Gemm', name('by_inputs'), [row, name('weight_ih'), name('bias_ih')], { transB: 1 });
  const state = g.op('Gemm', name('by_state'), [h, name('weight_hh')], { transB: 1 });
  const part = (all: string, gate: number) => slice(g, name('part'), all, 1, gate * H, (gate + 1) * H);
  const add = (a: string, b: string) => g.op('Add', name('sum'), [a, b]);
  const times = (a: string, b: string) => g.op('Mul', name('times'), [a, b]);
  const gate = (i: number) => g.op('Sigmoid', name('gate'), [add(part(input, i), part(state, i))]);
  const tanh = (value: string) => g.op('Tanh', name('tanh'), [value]);
  if (cell === 'rnn') {
    const kinds = { tanh: 'Tanh', relu: 'Relu', sigmoid: 'Sigmoid' } as const;
    return [g.op(kinds[activation], name('h'), [add(input, e)])];
  }
  const candidate = part(input, candidateOf[cell]);
  if (cell === 'lstm') {
    const c = add(times(gate(1), past), times(gate(0), tanh(add(candidate, e))));
    return [times(gate(3), tanh(c)), c];
  }
  const n = tanh(add(candidate, times(gate(0), e)));
  // (1 − z) n + z h
  return [add(n, times(gate(1), g.op('Sub', name('off'), [h, n])))];
}
