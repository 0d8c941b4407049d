import type { WindowTable } from '../../data/windows';
import type { TrainOptions } from '../../learn/engine';
import type { TokenTable } from '../../learn/tokens';
import { activationNames, type ModelSpec } from '../../nn/model';
import type { KernelName } from '../../settings';
import type { LessonRequest, ShapeName } from './request';
import { likeBefore, logisticMap, marked, products, recall, tableOf, waves } from './tasks';

/** One network to be trained, and on what. */
export interface Trial {
  name: string;
  model: ModelSpec;
  options: TrainOptions;
  /** Numbers, or tokens with a class at every step. */
  table: WindowTable | TokenTable;
  /** Steps rolled out, where that is judged. */
  horizon: number | null;
}

const seed = 1;
const rows = 1500;
/** Steps the decoder of the attention lesson copies. */
const copied = 4;

/** The networks of a lesson: they differ in what the lesson is about, and in nothing else. */
export function trialsOf(request: LessonRequest, kernels: KernelName): Trial[] {
  const trial = (
    name: string,
    table: Trial['table'],
    model: Partial<ModelSpec>,
    options: Partial<TrainOptions> = {},
  ) => ({
    name,
    table,
    model: { ...plainModel, ...model },
    options: { ...plainOptions, kernels, ...options },
    horizon: null,
  });
  switch (request.lesson) {
    case 'activations': {
      const { rate: learningRate, steps: T, clip } = request;
      const table = tableOf([waves(800, 0.1, seed)], { T });
      const how = { learningRate, clip, epochs: 20, optimizer: 'sgd' } as const;
      return activationNames.map((activation) => trial(activation, table, { activation, H: 24 }, how));
    }
    case 'vanishing': {
      const { lag, rate: learningRate, clip, init } = request;
      const table = marked(lag, rows, seed);
      return (['rnn', 'lstm', 'gru'] as const).map((cell) =>
        trial(cell, table, { cell, D: 2 }, { learningRate, clip, init, epochs: 25 }),
      );
    }
    case 'truncation': {
      const table = tableOf([recall(request.lag, rows, seed)], { T: 20 });
      return [7, 10, 0].map((tbptt) => trial(tbptt > 0 ? `${tbptt} steps` : 'all', table, {}, { tbptt, epochs: 40 }));
    }
    case 'memory': {
      const table = tableOf([products(request.lag, 4 * rows, seed)], { T: 12 });
      return (['after', 'before', 'input'] as const).map((memory) =>
        trial(memory, table, memory === 'before' ? {} : { memory }, { epochs: 12 }),
      );
    }
    case 'shapes':
      return [shapeTrial(request.shape, request.hidden, trial)];
    case 'feedback': {
      const { noise, horizon } = request;
      const table = tableOf([waves(600, noise, seed)], { T: 12, ahead: horizon });
      const how = { epochs: 12, unroll: horizon };
      return [
        { ...trial('teacher', table, { cell: 'gru' }, { ...how, sampling: 0 }), horizon },
        { ...trial('free', table, { cell: 'gru' }, { ...how, sampling: 1 }), horizon },
      ];
    }
    case 'attention': {
      const table = tableOf([recall(request.lag, rows, seed)], { T: request.lag, steps: copied });
      return (['none', 'bahdanau', 'luong'] as const).map((attention) =>
        trial(attention, table, { cell: 'gru', O: copied, decoder: { steps: copied, attention } }, { epochs: 30 }),
      );
    }
  }
}

type MakeTrial = (
  name: string,
  table: Trial['table'],
  model: Partial<ModelSpec>,
  options?: Partial<TrainOptions>,
) => Trial;

function shapeTrial(shape: ShapeName, H: number, trial: MakeTrial): Trial {
  const wave = (period: number, shift: number) =>
    Float64Array.from({ length: 600 }, (_, t) => Math.sin((2 * Math.PI * t) / period + shift));
  switch (shape) {
    case 'one-to-one':
      return trial(shape, tableOf([logisticMap(800, seed)], { T: 1 }), { H });
    case 'one-to-many': {
      // a value and which way it goes: the rest of the wave follows
      const table = tableOf([wave(16, 0), wave(16, Math.PI / 2)], { T: 1, steps: 12 });
      return trial(shape, table, { H, D: 2, O: 12, decoder: { steps: 12, attention: 'none' } });
    }
    case 'many-to-one':
      return trial(shape, tableOf([waves(800, 0.1, seed)], { T: 20 }), { H });
    case 'encoder-decoder': {
      const table = tableOf([waves(800, 0.1, seed)], { T: 20, steps: 12 });
      return trial(shape, table, { H, O: 12, decoder: { steps: 12, attention: 'none' } });
    }
    case 'every-step':
      return trial(shape, likeBefore(1200, 16, seed), { H, D: 2, O: 2, tokens: { V: 2, embedding: 'one-hot' } });
  }
}

const plainModel: ModelSpec = { cell: 'rnn', activation: 'tanh', D: 1, H: 16, L: 1, O: 1, dropout: 0 };
const plainOptions: Omit<TrainOptions, 'kernels'> = {
  epochs: 30,
  patience: 0,
  batch: 32,
  learningRate: 0.01,
  optimizer: 'adam',
  clip: 1,
  tbptt: 0,
  loss: 'mse',
  seed,
  threads: 1,
  rollout: 1,
};
