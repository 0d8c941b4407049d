import type { Kernels } from '../kernels/index';
import { Attention, type Rows } from './attention';
import {
  backwardLayers,
  coinThreshold,
  collectLayers,
  type Drop,
  forwardLayers,
  type Layers,
  noDrop,
  packLayers,
  prepareRows,
} from './layers';
import { type LayersWork, layerShapes, type Outputs, type SliceGradient, up } from './layout';
import {
  collectLinear,
  forwardLinear,
  inputsBackLinear,
  type Linear,
  linear,
  packLinear,
  weightsBackLinear,
} from './linear';
import type { AttentionName, ModelSpec } from './model';
import type { Network, Windows } from './network';
import { parameterCount, parameterTable } from './parameters';
import { decoderLayers, decoderOf, type Seq2seqPlaces, type Seq2seqWork } from './seq2seq-layout';

/**
 * Encoder and decoder (Sutskever et al. 2014; Cho et al. 2014). The encoder reads the window; from its last states the
 * decoder makes the horizon's K steps one after another, each from the C values of the step before: the window's last known
 * ones, then in use its own, in training the true ones (teacher forcing) or, by a coin, its own (scheduled sampling: Bengio
 * et al. 2015, where as there no gradient goes through what was fed back). With attention (nn/attention.ts) each step also
 * gets a context cₖ:
 *
 * What is known ahead of step k stands beside yₖ₋₁.
 *
 *   none        sₖ = cell(yₖ₋₁, sₖ₋₁)                  yₖ = V sₖ + v
 *   bahdanau    sₖ = cell([yₖ₋₁; cₖ], sₖ₋₁), cₖ by sₖ₋₁    yₖ = V sₖ + v
 *   luong       sₖ = cell(yₖ₋₁, sₖ₋₁), cₖ by sₖ           yₖ = V tanh(A cₖ + B sₖ + b) + v
 */
export class Seq2seq implements Network {
  readonly model: ModelSpec;
  readonly count: number;
  readonly outputs: Outputs;
  readonly loneRow = false;
  readonly #k: Kernels;
  readonly #encoder: Layers;
  readonly #decoder: Layers;
  readonly #attention: Attention | null;
  readonly #context: Linear;
  readonly #state: Linear;
  readonly #head: Linear;
  readonly #kind: AttentionName;
  readonly #places: Seq2seqPlaces;
  readonly #work: Seq2seqWork;

  constructor(k: Kernels, f: Float32Array | Float64Array, model: ModelSpec, places: Seq2seqPlaces, seat: number) {
    const at = Object.fromEntries(parameterTable(model).map(({ name, offset }) => [name, offset * 4]));
    const { H } = model;
    const work = places.seats[seat] as Seq2seqWork;
    this.model = model;
    this.count = parameterCount(model);
    this.#k = k;
    this.#places = places;
    this.#work = work;
    this.#kind = decoderOf(model).attention;
    this.outputs = work.outputs;
    const { weights } = places;
    this.#encoder = {
      k,
      model,
      shapes: layerShapes(model),
      buffers: { weights, layers: places.encoder },
      at,
      prefix: 'encoder.',
    };
    const shapes = layerShapes(decoderLayers(model));
    this.#decoder = { k, model, shapes, buffers: { weights, layers: places.decoder }, at, prefix: 'decoder.' };
    this.#context = linear(k, 'attention.context', { I: H, O: H, place: places.context, at });
    this.#state = linear(k, 'attention.state', { I: H, O: H, place: places.state, at });
    this.#head = linear(k, 'head', { I: H, O: this.#C, place: places.head, at });
    const kind = this.#kind;
    const T = work.encoder.T;
    this.#attention = kind === 'none' ? null : new Attention(k, { H, T, kind }, at, places.attention, work.attention);
    prepareRows(f, this.#encoder, work.encoder);
    prepareRows(f, this.#decoder, work.decoder);
    const ld = 4 + up(H, 8);
    for (const rows of [work.mixed, work.attention.context])
      for (let r = 0; r < this.#K * work.decoder.S; r++) f[rows / 4 + r * ld + 3] = 1;
  }

  get #K(): number {
    return decoderOf(this.model).steps;
  }
  /** Values per step. */
  get #C(): number {
    return this.model.O / this.#K;
  }
  /** Columns known ahead. */
  get #F(): number {
    return decoderOf(this.model).known ?? 0;
  }
  get #luong(): boolean {
    return this.#kind === 'luong' || this.#kind === 'luong-dot';
  }

  pack(): void {
    const { weights } = this.#places;
    packLayers(this.#encoder);
    packLayers(this.#decoder);
    packLinear(this.#head, weights);
    this.#attention?.pack(weights);
    if (!this.#luong) return;
    packLinear(this.#context, weights);
    packLinear(this.#state, weights);
  }

  gather({ T, S, n, D, table, starts, centre }: Windows): void {
    const { E, H } = this.#encoder.shapes[0]!;
    this.#k.gather(T, S, n, D, E + H, table, starts, centre, this.#inputs(this.#encoder, this.#work.encoder, 0, S).at);
    if (this.#F === 0) return;
    // a row of the table bears what is known of the step after it
    const to = this.#inputs(this.#decoder, this.#work.decoder, 0, S);
    const known = [D, D - this.#F, this.#F, T - 1] as const;
    this.#k.gatherColumns(this.#K, S, n, ...known, to.ld, table, starts, to.at + this.#C * 4);
  }

  forward(S: number, drop: Drop | null, ownShare = 0): void {
    const k = this.#k;
    const { encoder: whole, decoder: steps, out } = this.#work;
    const encoder = drop ? whole : { ...whole, kept: 0 };
    const decoder = drop ? steps : { ...steps, kept: 0 };
    const pass = { S, drop: drop ?? noDrop, shift: 0 };
    forwardLayers(this.#encoder, encoder, { ...pass, keepState: false });
    this.#handOver(encoder, S);
    const states = this.#tops(this.#encoder, encoder, 1, S);
    this.#attention?.prepare(S, states);
    const threshold = coinThreshold(ownShare);
    const panel = this.#K * S * 32;
    for (let step = 0; step < this.#K; step++) {
      const to = this.#inputs(this.#decoder, decoder, step, S);
      if (step > 0) {
        const { key } = pass.drop;
        k.feedDecoder(
          step - 1,
          S,
          this.#C,
          out,
          panel,
          this.outputs.target,
          drop ? 0 : 1,
          key,
          threshold,
          to.at,
          to.ld,
        );
      }
      if (this.#kind === 'bahdanau') {
        this.#attention?.look(step, S, this.#tops(this.#decoder, decoder, step, S), states);
        this.#copy(S, this.model.H, this.#contextAt(step, S), { at: to.at + (this.#C + this.#F) * 4, ld: to.ld });
      }
      forwardLayers(
        this.#decoder,
        decoder,
        { ...pass, drop: decoding(pass.drop), keepState: true },
        { first: step, steps: 1 },
      );
      if (this.#luong) this.#mix(step, S, states);
      const { at, ld } = this.#read(step, S);
      forwardLinear(this.#head, S, at, ld, out + step * S * 32, { panel });
    }
    k.joinSegments(this.#K, S, this.#C, this.#K * this.#C, 1, out, this.outputs.y);
  }

  /** The encoder's last states as those the decoder begins from, and the last known values as its first inputs. */
  #handOver(encoder: LayersWork, S: number): void {
    const k = this.#k;
    const { decoder } = this.#work;
    this.#encoder.shapes.forEach(({ E, H }, l) => {
      const [from, to] = [encoder.layers[l]!, decoder.layers[l]!];
      const next = this.#decoder.shapes[l]!;
      const row = from.rows + (encoder.T * S * (E + H) + E) * 4;
      k.enter(S, H, row, E + H, to.rows + next.E * 4, next.E + H, 0, 0, 1);
      if (!from.cells) return;
      for (let u = 0; u < H / 8; u++) {
        const cell = from.cells + u * from.cellPanel + encoder.kept * S * 32;
        k.enter(S, 8, cell, 8, to.cells + u * to.cellPanel, 8, 0, 0, 1);
      }
    });
    const last = this.#inputs(this.#encoder, encoder, encoder.T - 1, S);
    this.#copy(S, this.#C, last, this.#inputs(this.#decoder, decoder, 0, S));
  }

  /** tanh(A c + B s + b) of one step, in rows for the head. */
  #mix(step: number, S: number, states: Rows): void {
    const { decoder, mixedPanels, mixed } = this.#work;
    const own = this.#tops(this.#decoder, decoder, step + 1, S);
    this.#attention?.look(step, S, own, states);
    const panel = this.#K * S * 32;
    const to = mixedPanels + step * S * 32;
    const context = (this.#attention as Attention).context(step, S);
    forwardLinear(this.#state, S, own.at, own.ld, to, { panel });
    forwardLinear(this.#context, S, context.at, context.ld, to, { panel, add: 1 });
    const P = up(this.model.H, 8) / 8;
    const ld = 4 + P * 8;
    this.#k.tanhRows(S, P, to, panel, mixed + (step * S * ld + 4) * 4, ld);
  }

  backward(slice: number, S: number, drop: Drop): void {
    const k = this.#k;
    const { encoder, decoder, dOut, dOutRows, dTop } = this.#work;
    const { gradients } = this.#places;
    const K = this.#K;
    const R = K * S;
    const P = up(this.model.H, 8) / 8;
    k.splitSegments(K, S, this.#C, K * this.#C, 1, this.outputs.dy, dOut, dOutRows);
    const read = this.#read(0, S);
    const { scratch } = this.#work;
    weightsBackLinear(this.#head, { R, rows: read.at, ld: read.ld, dy: dOut, dW: at(gradients.head, slice), scratch });
    inputsBackLinear(this.#head, { R, dyRows: dOutRows, dx: dTop });
    this.#attention?.beginBack(slice, S);
    if (this.#luong) this.#mixBack(slice, S);
    const above = { d: dTop, panel: R * 32, from: 0 };
    const pass = { S, shift: 0, keepState: true };
    for (let step = K - 1; step >= 0; step--) {
      const span = { first: step, steps: 1 };
      const later = step < K - 1;
      const more = { carry: later, add: later, span };
      backwardLayers(
        this.#decoder,
        decoder,
        { layers: gradients.decoder },
        slice,
        { ...pass, drop: decoding(drop) },
        above,
        more,
      );
      if (this.#kind === 'bahdanau') this.#contextBack(step, slice, S);
    }
    encoder.layers.forEach(({ dh, dc }, l) => {
      const from = decoder.layers[l]!;
      k.foldGroups(1, S, P, from.dh, S * 32, dh, S * 32);
      if (dc) k.foldGroups(1, S, P, from.dc, S * 32, dc, S * 32);
    });
    const states = this.#tops(this.#encoder, encoder, 1, S);
    const dStates = this.#attention?.endBack(slice, S, states);
    const free = encoder.T - encoder.kept;
    const seen = dStates
      ? { d: dStates + free * S * 32, panel: encoder.T * S * 32, from: 0 }
      : { d: 0, panel: 0, from: encoder.kept };
    backwardLayers(this.#encoder, encoder, { layers: gradients.encoder }, slice, { ...pass, drop }, seen, {
      carry: true,
    });
  }

  /** Luong: from the gradient of tanh(A c + B s + b), in dTop, to that of the states, there too, by way of the contexts. */
  #mixBack(slice: number, S: number): void {
    const k = this.#k;
    const { decoder, encoder, mixedPanels, dTop, dMixed, dMixedRows, dContext, scratch } = this.#work;
    const { gradients } = this.#places;
    const R = this.#K * S;
    const P = up(this.model.H, 8) / 8;
    k.tanhBack(R, P, dTop, R * 32, mixedPanels, R * 32);
    k.foldGroups(1, R, P, dTop, R * 32, dMixed, R * 32);
    k.toRows(R, 0, P * 8, dMixed, R * 32, dMixedRows, P * 8);
    const own = this.#tops(this.#decoder, decoder, 1, S);
    const attention = this.#attention as Attention;
    const context = attention.context(0, S);
    const dy = { R, dy: dMixed, scratch };
    weightsBackLinear(this.#state, { ...dy, rows: own.at, ld: own.ld, dW: at(gradients.state, slice) });
    weightsBackLinear(this.#context, { ...dy, rows: context.at, ld: context.ld, dW: at(gradients.context, slice) });
    inputsBackLinear(this.#state, { R, dyRows: dMixedRows, dx: dTop });
    inputsBackLinear(this.#context, { R, dyRows: dMixedRows, dx: dContext });
    const states = this.#tops(this.#encoder, encoder, 1, S);
    for (let step = this.#K - 1; step >= 0; step--) {
      const from = { at: dContext + step * S * 32, block: R * 32, row: 32 };
      const query = this.#tops(this.#decoder, decoder, step + 1, S);
      const to = { at: dTop + step * S * 32, panel: R * 32 };
      attention.back(step, slice, S, from, query, states, to, step < this.#K - 1 ? 1 : 0);
    }
  }

  /** Bahdanau: the context's gradient is among that of the decoder's inputs; its query was the state before. */
  #contextBack(step: number, slice: number, S: number): void {
    const { decoder, encoder, dContextRows } = this.#work;
    const { H } = this.model;
    const width = up(H, 8);
    const dx = decoder.layers[0]!.dx + step * S * 32;
    this.#k.toRows(S, this.#C + this.#F, H, dx, decoder.dxPanel, dContextRows, width);
    const from = { at: dContextRows, block: 32, row: width * 4 };
    const query = this.#tops(this.#decoder, decoder, step, S);
    const to = { at: decoder.layers.at(-1)!.dh, panel: S * 32 };
    const states = this.#tops(this.#encoder, encoder, 1, S);
    this.#attention?.back(step, slice, S, from, query, states, to, step < this.#K - 1 ? 1 : 0);
  }

  collect(slices: number, to: number): void {
    const { gradients } = this.#places;
    collectLayers(this.#encoder, { layers: gradients.encoder }, slices, to);
    collectLayers(this.#decoder, { layers: gradients.decoder }, slices, to);
    collectLinear(this.#head, gradients.head, slices, to);
    this.#attention?.collect(slices, to);
    if (!this.#luong) return;
    collectLinear(this.#context, gradients.context, slices, to);
    collectLinear(this.#state, gradients.state, slices, to);
  }

  advance(): never {
    throw new Error('a decoder makes its whole horizon by itself');
  }
  centreTargets(): never {
    return this.advance();
  }

  /** The top layer's states after `step` steps, for all steps from there on. */
  #tops({ shapes }: Layers, work: LayersWork, step: number, S: number): Rows {
    const { E, H } = shapes.at(-1)!;
    return { at: (work.layers.at(-1)?.rows ?? 0) + (step * S * (E + H) + E - 4) * 4, ld: E + H };
  }
  #inputs({ shapes }: Layers, work: LayersWork, step: number, S: number): Rows {
    const { E, D, H } = shapes[0]!;
    return { at: (work.layers[0]?.rows ?? 0) + (step * S * (E + H) + E - 1 - D) * 4, ld: E + H };
  }
  /** What the head reads at a step. */
  #read(step: number, S: number): Rows {
    if (!this.#luong) return this.#tops(this.#decoder, this.#work.decoder, step + 1, S);
    const ld = 4 + up(this.model.H, 8);
    return { at: this.#work.mixed + step * S * ld * 4, ld };
  }
  #contextAt(step: number, S: number): Rows {
    const { at, ld } = (this.#attention as Attention).context(step, S);
    return { at: at + 16, ld };
  }
  /** `width` columns of rows: a sum of one slice is a copy. */
  #copy(S: number, width: number, from: Rows, to: Rows): void {
    this.#k.sumSlices(S, width, 1, from.at, from.ld, 0, to.at, to.ld);
  }
}

const decoding = (drop: Drop): Drop => (drop.threshold ? { ...drop, key: drop.key ^ 0x5bd1e995 } : drop);
const at = ({ offset, sliceBytes }: SliceGradient, slice: number) => offset + slice * sliceBytes;
