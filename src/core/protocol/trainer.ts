/** The contract's part between Lab and trainer: what is posted to the process that trains, and what it tells. Types only. */

import type { LabErrorView } from '../errors';
import type { KeptEpoch } from '../inside/album';
import type { LessonAnswer, LessonRequest } from '../inside/lessons/request';
import type { LookAnswer, LookRequest } from '../inside/request';
import type { TokenLookAnswer, TokenLookRequest } from '../inside/texts/request';
import type { CellName } from '../nn/model';
import type { LabEvent } from '../protocol';
import type { Predictions, RunRecord } from '../run';
import type { KernelName, Settings } from '../settings';
import type { TextJob } from '../text/contract';
import type { LabelledJob } from '../text/labelled/contract';
import type { LabelledResult } from '../text/labelled/record';
import type { TextResult } from '../text/record';
import type { Checkpoint } from './resume';

/** One experiment, posted once: settings and the series, from which the trainer makes everything else. */
export interface TrainerJob {
  experiment: string;
  settings: Settings;
  series: Series;
  runs: { run: string; cell: CellName; seed: number; from?: Checkpoint | null }[];
  /** Instead of one split in time order, `folds` of them one after another; `refit` trains anew in each. */
  backtest?: { folds: number; refit: boolean } | null;
}

/** The columns a forecast needs, rows without target already dealt with as chosen, on the frame's calendar. */
export interface Series {
  /** Target first, then inputs. */
  names: string[];
  /** [columns][rows], no missing values. */
  values: Float64Array[];
  /**
   * K, where every row of the file is an example of its own (forecast/curves.ts): then `values` is the target alone, curve
   * after curve, and `ahead` has an example's inputs at each of its K rows; past the end only where its inputs are known.
   */
  curve?: number;
  /** Where the target is a column of labels: they, by the target's values. */
  labels?: string[];
  /** [rows] milliseconds UTC, or null. */
  times: Float64Array | null;
  /** Columns known ahead: [rows + horizon] each, the last `horizon` values after the last row. */
  ahead?: { names: string[]; values: Float64Array[] };
  /** [horizon] times of the steps after the last row, or null. */
  future: Float64Array | null;
  dateOnly: boolean;
  /** Rows in one season (for seasonal baselines and MASE), 1: none. */
  season: number;
}

export type TrainerCommand =
  | { type: 'job'; job: TrainerJob }
  | { type: 'text'; job: TextJob }
  | { type: 'labelled'; job: LabelledJob }
  | { type: 'stop'; run: string }
  | { type: 'pause'; run: string }
  | { type: 'resume'; run: string }
  | { type: 'look'; ticket: number; request: LookRequest | TokenLookRequest }
  | { type: 'lesson'; ticket: string; request: LessonRequest }
  | { type: 'stop-lesson'; ticket: string };

export type TrainerEvent =
  | { type: 'ready'; kernels: KernelName; threads: number }
  | Exclude<
      LabEvent,
      {
        type:
          | 'reading'
          | 'queued'
          | 'finished'
          | 'text-finished'
          | 'compared'
          | 'trainer'
          | 'annotated'
          | 'not-kept'
          | 'unfinished'
          | 'deleted'
          | 'restored';
      }
    >
  | { type: 'looked'; ticket: number; answer: LookAnswer | TokenLookAnswer | LabErrorView }
  | {
      type: 'trained';
      experiment: string;
      run: string;
      result: RunResult;
      weights: Uint8Array;
      test: Predictions;
      epochs?: KeptEpoch[];
      checkpoint: Checkpoint | null;
    }
  | { type: 'kept'; experiment: string; run: string; checkpoint: Checkpoint }
  | { type: 'learned'; ticket: string; answer: LessonAnswer | LabErrorView }
  | {
      type: 'learned-text';
      experiment: string;
      run: string;
      result: TextResult;
      weights: Uint8Array;
      checkpoint: Checkpoint | null;
    }
  | {
      type: 'learned-labels';
      experiment: string;
      run: string;
      result: LabelledResult;
      weights: Uint8Array;
      checkpoint: Checkpoint | null;
    };

/** What the trainer found for one run; the Lab adds identity, dataset and date to make it a record. */
export type RunResult = Pick<
  RunRecord,
  | 'cell'
  | 'seed'
  | 'model'
  | 'kernels'
  | 'preparation'
  | 'split'
  | 'parameters'
  | 'epochs'
  | 'bestEpoch'
  | 'seconds'
  | 'samplesPerSecond'
  | 'stopped'
  | 'trouble'
  | 'health'
  | 'loss'
  | 'metrics'
  | 'byStep'
  | 'forms'
  | 'targets'
  | 'sharing'
  | 'bands'
  | 'evidence'
  | 'leak'
  | 'forecast'
  | 'baselines'
  | 'classes'
>;
