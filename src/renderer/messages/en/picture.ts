import type { LossName } from '../../../core/settings';

/** Saved pictures of charts: the button, and what stands on paper beside what the window says anyway. */
export const picture = {
  picture: {
    save: 'Save picture',
    saveOf: (chart: string) => `Save picture: ${chart}`,
    png: 'As PNG',
    svg: 'As SVG',
    epoch: 'epoch',
    /** The vertical axis of loss curves. */
    loss: 'loss',
    losses: {
      mse: 'loss: squared error, values as scaled',
      mae: 'loss: absolute error, values as scaled',
      huber: 'loss: Huber, values as scaled',
      quantile: 'loss: quantiles, values as scaled',
      'cross-entropy': 'loss: cross-entropy, nats',
    } satisfies Record<LossName, string>,
    ofTest: 'Mean absolute error of the test part, in the units of the data.',
    bits: 'bits per character',
    nats: 'nats per label',
    strong: 'Strong: validation. Thin: training. Dot: the best epoch, which is kept.',
    /** Which run and window a picture of its inside is of. */
    inside: (model: string, steps: string, end: string, epoch: string) =>
      `${model}, ${steps} steps read up to ${end}, weights of epoch ${epoch}.`,
    model: (model: string, layer: string) => `${model}, layer ${layer}.`,
    layer: (name: string) => `Layer ${name}.`,
    row: 'step read',
    step: 'step forecast',
    rowTime: 'time of the row read',
    stepTime: 'time forecast',
    ownScale: (name: string) => `${name} (on a scale of its own)`,
    confusion:
      'Counts on the test part: down what was, across what was told; what was told right lies on the diagonal.',
    weight: 'weight',
    probability: 'probability',
    cut: 'truncation',
    halfLife: 'half-life, steps',
    series: 'Values in the units of the data.',
    returns: 'Log returns: the logarithm of each value over the one before.',
    band: (model: string) => `Shaded: the 80% and 95% bands of ${model}.`,
    shares: 'share of ∂L/∂W',
    radius: 'largest |eigenvalue| of W_hh',
    read: 'text read',
    rowsTested: 'row of the test part',
    class: 'class',
  },
};
