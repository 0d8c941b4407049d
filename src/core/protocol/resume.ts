/** The contract's part on trainings that were stopped or interrupted and go on later. Types only. */
import type { Choice } from '../forecast/lesson';
import type { KeptEpoch } from '../inside/album';
import type { TrainState } from '../learn/engine';
import type { CellName } from '../nn/model';
import type { LabelledKind } from '../text/labelled/record';
import type { Sample } from '../text/record';

/** Where a run stands after some epoch: with what was asked, enough to go on as if it had never stopped. */
export interface Checkpoint {
  state: TrainState;
  /** [epochs] */
  loss: { train: (number | null)[]; validation: (number | null)[] };
  /** What `auto` came to; null where nothing is chosen. */
  choice: Choice | null;
  /** What a language model wrote on the way. */
  samples: Sample[];
  /** Epochs kept for looking back. */
  pages: KeptEpoch[];
}

/** The same in a few words: what a window draws before the first new epoch. */
export interface Earlier {
  epoch: number;
  epochs: number;
  bestEpoch: number;
  loss: Checkpoint['loss'];
}

/** A run that was begun and has no record yet, or goes on: nobody stopped it, its program ended. */
export interface UnfinishedRun {
  run: string;
  experiment: string;
  kind: 'forecast' | 'language' | LabelledKind;
  name: string;
  cell: CellName;
  /** Without a memory: the plain network. */
  plain: boolean;
  seed: number;
  /** ISO 8601, UTC: when it was begun. */
  created: string;
  file: string;
  /** Null of a text. */
  target: string | null;
  /** Where it can go on from; epoch 0 where nothing was kept yet. */
  earlier: Earlier;
  /** Another program is training it now. */
  elsewhere: boolean;
}

export interface ResumeCalls {
  /**
   * Trains on from where each of these runs stood; those of one experiment together. `epochs` and `patience` are their new
   * settings. Their file is the open one where that is the same, else it is read from where it was.
   */
  'run.goOn': {
    input: { runs: string[]; epochs?: number; patience?: number };
    output: { runs: { run: string; experiment: string; cell: CellName; seed: number; earlier: Earlier }[] };
  };
}
