import type { Arena } from '../kernels/arena';
import type { Kernels } from '../kernels/index';
import { LastState, type LastStatePlaces, placeLastState } from './last-state';
import type { Drop } from './layers';
import type { Outputs } from './layout';
import type { ModelSpec } from './model';
import { placeSegments, type SegmentPlaces, Segments } from './segments';
import { Seq2seq } from './seq2seq';
import { placeSeq2seq, type Seq2seqPlaces } from './seq2seq-layout';
import { Gated, type GatedPlaces, placeGated } from './sharing/gated';
import { placeUniform, Uniform, type UniformPlaces } from './sharing/uniform';
import { placeTokens, type TokenPlaces, Tokens } from './tokens';

/**
 * A network over one arena, as whoever trains or forecasts with it sees it: windows are gathered, taken forward to the
 * outputs and, where the outputs have a gradient, back to the gradients of one slice of a batch; the slices' gradients
 * are collected in the order of the parameter table. All state is in the arena.
 */
export interface Network {
  readonly model: ModelSpec;
  /** Numbers the model learns. */
  readonly count: number;
  readonly outputs: Outputs;
  /** Whether a lone window may pass as one row; otherwise rows are a multiple of 4. */
  readonly loneRow: boolean;
  /** Weights as the kernels read them. Once per step of the optimizer. */
  pack(): void;
  gather(windows: Windows): void;
  /**
   * `drop` null: nothing is dropped, and nothing kept for the way back. A decoder that is trained is fed the targets, and
   * its own outputs with probability `ownShare`.
   */
  forward(S: number, drop: Drop | null, ownShare?: number): void;
  /** Follows `forward` with the same rows and masks; `add`: to the gradients of earlier steps of the same windows. */
  backward(slice: number, S: number, drop: Drop, add?: boolean): void;
  collect(slices: number, to: number): void;
  /**
   * Roll-out: the outputs follow the window as its next inputs, or by `coin` the true values; `y` becomes their distance
   * from the first centre. What is known ahead is read from the table.
   */
  advance(windows: Windows, coin?: { key: number; threshold: number }): void;
  /** Targets as they are relative to a window's first centre → to the one it has moved to. */
  centreTargets(windows: Windows): void;
  /** Of tasks that share: `backward` learns from the outputs of one of them, or again from all. */
  learnOnly?(task: number | null): void;
}

/** `n` windows in S rows: the numbers of their first rows at `starts`, in table [rows][D]. */
export interface Windows {
  S: number;
  n: number;
  T: number;
  D: number;
  /** Target columns; without, all of them. */
  C?: number;
  table: number;
  starts: number;
  /** Leading columns from which a window's last value is subtracted. */
  centre: number;
}

export interface NetworkOptions {
  /** Rows of a slice at most. */
  S: number;
  /** Steps of a window, and how many of the last ones the gradient goes through; 0: for inference only. */
  T: number;
  kept: number;
  /** Steps a roll-out goes past the window. */
  extra: number;
  /** Threads with a workspace of their own. */
  seats: number;
  slices: number;
  /** Groups of rows whose states wait from one chunk of a text to the next (nn/tokens.ts). */
  slots?: number;
}

/** Where a network's numbers lie: plain data, for threads to share. */
export type NetworkPlaces = LastStatePlaces | SegmentPlaces | Seq2seqPlaces | TokenPlaces | UniformPlaces | GatedPlaces;

export function placeNetwork(arena: Arena, model: ModelSpec, options: NetworkOptions): NetworkPlaces {
  if (model.tokens) return placeTokens(arena, model, options);
  if (model.decoder) return placeSeq2seq(arena, model, options);
  if (model.sharing)
    return model.sharing.kind === 'uniform' ? placeUniform(arena, model, options) : placeGated(arena, model, options);
  return model.segment ? placeSegments(arena, model, options) : placeLastState(arena, model, options);
}

/** One thread's view of a network: its own kernels and workspace, weights and gradients shared. */
export function openNetwork(
  k: Kernels,
  f: Float32Array | Float64Array,
  model: ModelSpec,
  places: NetworkPlaces,
  seat: number,
): Network {
  if (places.kind === 'tokens') return new Tokens(k, f, model, places, seat);
  if (places.kind === 'uniform') return new Uniform(k, f, model, places, seat);
  if (places.kind === 'gated') return new Gated(k, f, model, places, seat);
  if (places.kind === 'seq2seq') return new Seq2seq(k, f, model, places, seat);
  return places.kind === 'segments'
    ? new Segments(k, f, model, places, seat)
    : new LastState(k, f, model, places, seat);
}
