import { type ModelSpec, quantilesOf, segmentsOf } from '../../nn/model';
import type { GraphWriter } from './graph';
import { layers, linear, linearOver, type States, slice, swapped } from './layers';
import { sharingNetwork } from './sharing';

/** What a network reads. */
export interface Read {
  /** [T][N][past columns], centred. */
  window: string;
  /** [T or more][N][columns known ahead]; null: there are none. */
  ahead: string | null;
  T: number;
}

/** [T][N][D]: beside each row of the window what is known of the step after it. */
export function rowsRead(g: GraphWriter, { window, ahead, T }: Read): string {
  if (ahead === null) return window;
  return g.op('Concat', 'inputs', [window, slice(g, 'ahead_of_window', ahead, 0, 0, T)], { axis: 2 });
}

/**
 * The networks (nn/last-state.ts, nn/segments.ts, nn/seq2seq.ts) over prepared windows. Their outputs are [N][Q][K][C]: a
 * value per quantile, step and target column.
 */
export function network(g: GraphWriter, model: ModelSpec, read: Read, C: number): string {
  if (model.decoder) return decoded(g, model, model.decoder, read, C);
  const Q = quantilesOf(model);
  const x = rowsRead(g, read);
  if (model.sharing) return sharingNetwork(g, model, x);
  if (model.segment) return segmented(g, model, model.segment, x, read.T);
  return g.op('Reshape', 'outputs', [lastState(g, model, x), g.ints(0, Q, model.O / Q / C, C)]);
}

/** [T][N][H] what the last layer gives at every step. */
export const statesOf = (g: GraphWriter, model: ModelSpec, x: string): string => layers(g, model, '', x).all;

/** The head over the last layer's last state: [N][O]. */
export function lastState(g: GraphWriter, model: ModelSpec, x: string): string {
  const { h } = layers(g, model, '', x);
  return linear(g, 'head', topOf(g, 'state', h));
}

/** [N][H] of the last layer. */
const topOf = (g: GraphWriter, name: string, h: string[]): string =>
  g.op('Squeeze', name, [h.at(-1) as string, g.ints(0)]);

/** The M segments of the horizon are decoded side by side, one step of a batch M times as large. */
function segmented(g: GraphWriter, model: ModelSpec, W: number, x: string, T: number): string {
  const { D, H, O } = model;
  const Q = quantilesOf(model);
  const M = segmentsOf(model);
  const rows = swapped(g, 'windows', x);
  const cut = g.op('Reshape', 'segments', [rows, g.ints(0, T / W, W * D)]);
  const projected = linearOver(g, 'segment', swapped(g, 'segments_first', cut));
  const { h, c } = layers(g, model, '', g.op('Relu', 'projected', [projected]));
  const times = (states: string[], name: string) =>
    states.map((state, l) => g.op('Tile', `${name}_l${l}`, [state, g.ints(1, M, 1)]));
  const initial: States = { h: times(h, 'decoding_h'), c: times(c, 'decoding_c') };
  const row = g.op('Unsqueeze', 'positions', ['position', g.ints(1)]);
  const each = g.op('Expand', 'positions_of_each', [row, g.op('Shape', 'state_shape', [h[0] as string])]);
  const inputs = g.op('Reshape', 'decoding', [each, g.ints(1, -1, H)]);
  const out = linear(g, 'head', topOf(g, 'decoded', layers(g, model, '', inputs, initial).h));
  const apart = g.op('Reshape', 'decoded_segments', [out, g.ints(M, -1, Q, W)]);
  const joined = g.op('Transpose', 'segments_joined', [apart], { perm: [1, 2, 0, 3] });
  const steps = g.op('Reshape', 'steps', [joined, g.ints(0, Q, M * W, 1)]);
  return slice(g, 'outputs', steps, 2, 0, O / Q);
}

/** An encoder, and a decoder that is fed its own outputs, beginning with the window's last known values. */
function decoded(
  g: GraphWriter,
  model: ModelSpec,
  { steps, attention }: NonNullable<ModelSpec['decoder']>,
  read: Read,
  C: number,
): string {
  const { H, L } = model;
  const x = rowsRead(g, read);
  const encoder = layers(g, model, 'encoder.', x);
  const last = g.op('Squeeze', 'last_step', [slice(g, 'last_steps', x, 0, -1), g.ints(0)]);
  const first = slice(g, 'last_known', last, 1, 0, C);
  const keys = attention === 'bahdanau' ? linearOver(g, 'attention.key', encoder.all) : '';
  const body = g.inner();
  const at = body.input('step', 'int64', []);
  const going = body.input('going_on', 'bool', []);
  const fed = body.input('fed', 'float', ['N', C]);
  const state = (name: string) =>
    Array.from({ length: L }, (_, l) => body.input(`${name}_l${l}`, 'float', [1, 'N', H]));
  const before: States = { h: state('before_h'), c: encoder.c.length > 0 ? state('before_c') : [] };
  const look = (query: string) => context(body, attention, query, encoder.all, keys);
  const parts = [fed];
  if (read.ahead !== null) {
    const row = body.op('Add', 'ahead_row', [at, body.int(read.T - 1)]);
    parts.push(body.op('Gather', 'ahead_of_step', [read.ahead, row], { axis: 0 }));
  }
  if (attention === 'bahdanau') parts.push(look(topOf(body, 'query', before.h)));
  const input = parts.length > 1 ? body.op('Concat', 'fed_together', parts, { axis: 1 }) : fed;
  const step = body.op('Unsqueeze', 'decoder_input', [input, body.ints(0)]);
  const after = layers(body, model, 'decoder.', step, before);
  let seen = topOf(body, 'decoder_state', after.h);
  if (attention === 'luong' || attention === 'luong-dot') {
    const own = linear(body, 'attention.state', seen);
    const looked = linear(body, 'attention.context', look(seen), false);
    seen = body.op('Tanh', 'mixed', [body.op('Add', 'mixed_sum', [looked, own])]);
  }
  const y = linear(body, 'head', seen);
  body.output(going, 'goes_on', 'bool', []);
  body.output(y, 'fed_next', 'float', ['N', C]);
  [...after.h, ...after.c].forEach((value, i) => {
    body.output(value, `after_${i}`, 'float', [1, 'N', H]);
  });
  body.output(y, 'made', 'float', ['N', C]);
  const ends = [...after.h, ...after.c, y].map((_, i) => `decoder_end_${i}`);
  const made = g
    .ops('Loop', [...ends, 'decoded'], [g.int(steps), g.yes(), first, ...encoder.h, ...encoder.c], {
      body: body.graph('decoder_step'),
    })
    .at(-1) as string;
  const byWindow = swapped(g, 'decoded_by_window', made);
  return g.op('Unsqueeze', 'outputs', [byWindow, g.ints(1)]);
}

/** What a decoder state `query` [N][H] sees of the encoder's states [T][N][H]: [N][H] (nn/attention.ts). */
function context(g: GraphWriter, attention: string, query: string, states: string, keys: string): string {
  const scores = attention === 'bahdanau' ? additive(g, query, keys) : product(g, attention, query, states);
  const alpha = g.op('Softmax', 'attention.weights', [scores], { axis: 0 });
  const weighted = g.op('Mul', 'attention.weighted', [alpha, states]);
  return g.op('ReduceSum', 'attention.seen', [weighted, g.ints(0)], { keepdims: 0 });
}

/** [T][N][1] */
function additive(g: GraphWriter, query: string, keys: string): string {
  const both = g.op('Add', 'attention.sum', [linear(g, 'attention.query', query, false), keys]);
  const score = g.op('Unsqueeze', 'attention.score_column', ['attention.score', g.ints(1)]);
  return g.op('MatMul', 'attention.scores', [g.op('Tanh', 'attention.tanh', [both]), score]);
}

/** [T][N][1] */
function product(g: GraphWriter, attention: string, query: string, states: string): string {
  const asked = attention === 'luong' ? linear(g, 'attention.query', query, false) : query;
  const products = g.op('Mul', 'attention.products', [asked, states]);
  return g.op('ReduceSum', 'attention.scores', [products, g.ints(2)], { keepdims: 1 });
}
