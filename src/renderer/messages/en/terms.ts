import type { TermName } from '../../state/terms';

/** The words of the field, each in two or three sentences, with its formula where it has one. Symbols as in docs/forecasting.md. */
export const terms = {
  terms: {
    title: 'Glossary',
    explain: (term: string) => `Explain ${term}`,
    words: {
      target: { name: 'Target', what: 'The column to be forecast. Everything is judged in its own units.' },
      task: {
        name: 'Task',
        what: 'How windows become forecasts: one value the horizon ahead, one step at a time with its own forecasts fed back, all steps at once, or a decoder that writes them one by one. One to one and one to many read a single row.',
      },
      curve: {
        name: 'Curve',
        what: 'Several values forecast from one row: the rows that follow, or columns of the row itself (the 24 hours of a day, the steps of a machine’s cycle). Then every row is an example of its own.',
        formula: 'x  →  ŷ(1), …, ŷ(K)',
      },
      lookback: {
        name: 'Lookback',
        what: 'Rows the network reads before each forecast. Longer sees more of the past, and leaves fewer and costlier windows.',
        formula: 'x(t−L+1), …, x(t)  →  ŷ(t+1)',
      },
      horizon: {
        name: 'Horizon',
        what: 'How many rows ahead is forecast. Errors grow with it; naive’s do, too.',
        formula: 'ŷ(t+1), …, ŷ(t+K)',
      },
      hidden: {
        name: 'Hidden units',
        what: 'Length of the hidden state: how much the network can keep in mind. Parameters grow with its square.',
      },
      hiddenState: {
        name: 'Hidden state',
        what: 'The network’s memory. At each row it is made from that row and from the state before it.',
        formula: 'h(t) = tanh(W·x(t) + U·h(t−1) + b)',
      },
      layers: {
        name: 'Layers',
        what: 'Recurrent layers one above the other; each reads the hidden states of the one below.',
      },
      dropout: {
        name: 'Dropout',
        what: 'While training, this share of the values between layers is set to zero and the rest made larger, so that no unit relies on another.',
        formula: 'h′ = h · m / (1 − p),  m = 0 with probability p',
      },
      epochs: {
        name: 'Epochs',
        what: 'Passes over all training windows. The epoch with the least validation loss is kept.',
      },
      patience: {
        name: 'Patience',
        what: 'Training stops after so many epochs without a better validation loss: from there on the network learns the training part by heart.',
      },
      batch: {
        name: 'Batch',
        what: 'Windows whose gradients are averaged for one step of the optimizer. Larger is smoother and faster per window, with fewer steps.',
      },
      lr: {
        name: 'Learning rate',
        what: 'How far one step goes. Too large and the loss jumps or diverges, too small and it crawls.',
        formula: 'w ← w − η · g',
      },
      clip: {
        name: 'Clip',
        what: 'A gradient longer than this is shortened to it. It keeps one steep window from throwing the weights away.',
        formula: 'g ← g · min(1, c / ‖g‖)',
      },
      tbptt: {
        name: 'Truncated backpropagation',
        what: 'The gradient goes back only so many steps. Cheaper, but blind to what lies farther back.',
      },
      loss: {
        name: 'Loss',
        what: 'What training makes small: squared errors punish large misses, absolute ones aim at the median, Huber is squared near zero and absolute beyond.',
        formula: 'mean of (y − ŷ)²  ·  mean of |y − ŷ|',
      },
      transform: {
        name: 'Transform',
        what: 'What the network sees of the series: its values, their logarithms, or changes from an earlier row. Undone before anything is judged.',
        formula: 'u(t) = ln y(t) − ln y(t−1)',
      },
      scale: {
        name: 'Scale',
        what: 'Brings values to a size the network learns from, fitted on the training part alone, or on each window.',
        formula: 'x = (u − mean) / deviation',
      },
      season: {
        name: 'Season',
        what: 'Rows after which the series repeats itself: 7 for days with a weekly rhythm, 12 for months of the year.',
      },
      segment: {
        name: 'Segment',
        what: 'For long windows: this many rows are made into one step, and the network recurs over segments. Fewer steps are faster and carry gradients farther; 0 reads row by row.',
      },
      attention: {
        name: 'Attention',
        what: 'Before each step of the answer the decoder weighs all hidden states of what was read, and takes their weighted mean with it.',
        formula: 'c = Σ a(s) · h(s),  a = softmax of score(d, h(s))',
      },
      sampling: {
        name: 'Scheduled sampling',
        what: 'While training, the share of steps at which the model is fed its own last output in place of the truth, as it will be when it forecasts. The share rises over the first half of the epochs.',
      },
      schedule: {
        name: 'Rate over epochs',
        what: 'Constant keeps the learning rate. Decaying multiplies it by 0.9 each epoch after the third. Cosine lets it fall smoothly toward 0.',
        formula: 'cosine: η · (1 + cos(π (e − 1) / E)) / 2',
      },
      optimizer: {
        name: 'Optimizer',
        what: 'How gradients become steps. SGD follows the gradient with momentum; RMSprop and Adam give each weight a step of its own, by how large its gradients have been; AdamW also shrinks the weights a little.',
        formula: 'Adam: w ← w − η · m̂ / (√v̂ + ε)',
      },
      classWeights: {
        name: 'Class weights',
        what: 'What an error on each class counts in the loss. Balanced weighs classes against their share of the training part, so that rare ones are not passed over.',
      },
      accuracy: {
        name: 'Accuracy',
        what: 'Share of rows whose class was told right. With one common class, always telling that one already scores high.',
      },
      balanced: {
        name: 'Balanced accuracy',
        what: 'Mean over the classes of the share told right: rare classes count as much as common ones.',
        formula: 'mean over classes of recall',
      },
      macroF1: {
        name: 'Macro F1',
        what: 'Mean of F1 over the classes; F1 is high only where few are missed and few are told wrongly.',
        formula: 'F1 = 2 · precision · recall / (precision + recall)',
      },
      crossEntropy: {
        name: 'Cross-entropy',
        what: 'How surprised the model is by the right class. 0 is certain and right; telling all C classes alike scores ln C.',
        formula: 'mean of −ln p(right class)',
      },
      classSkill: {
        name: 'Skill of classes',
        what: 'What the model takes off the errors of the better of two simple rules: the most common class, or the last one seen. Above 0 beats both.',
        formula: '1 − errors / errors of the better rule',
      },
      naive: {
        name: 'Naive forecast',
        what: 'Tomorrow equals today. It costs nothing; a model that does not beat it has learned nothing of use.',
        formula: 'ŷ(t+k) = y(t)',
      },
      seasonalNaive: {
        name: 'Seasonal naive',
        what: 'The next season equals the last one.',
        formula: 'ŷ(t+k) = y(t+k−m),  m rows in one season',
      },
      mae: {
        name: 'MAE',
        what: 'Mean absolute error: how far off on average, in the target’s units.',
        formula: 'mean of |y − ŷ|',
      },
      rmse: {
        name: 'RMSE',
        what: 'Root of the mean squared error. Always at least the MAE; far above it when a few misses are large.',
        formula: '√ mean of (y − ŷ)²',
      },
      mase: {
        name: 'MASE',
        what: 'MAE against that of seasonal naive within the training part. Below 1 is better than that; comparable between series.',
        formula: 'MAE / mean of |y(t) − y(t−m)| in training',
      },
      skill: {
        name: 'Skill',
        what: 'What the model takes off naive’s error on the same windows. 0 is no better, 100% would be perfect, below 0 is worse.',
        formula: '1 − MAE / MAE(naive)',
      },
      coverage: {
        name: 'Coverage',
        what: 'Share of the test values that fell inside the band. A 95% band should hold about 95% of them; fewer means it is too narrow.',
      },
      direction: {
        name: 'Direction',
        what: 'Share of forecasts that called up or down rightly. A coin reaches 50%.',
        formula: 'sign(ŷ(t+K) − y(t)) = sign(y(t+K) − y(t))',
      },
      verdict: {
        name: 'Verdict',
        what: 'The answer in a sentence, from the test part alone: which model is best, whether it beats naive by more than chance explains, and whether it only repeats the past.',
      },
      lag: {
        name: 'Lag',
        what: 'The shift at which forecast and truth are most alike. 0 is right; at the horizon the forecast is the last known value, handed on.',
        formula: 'argmax over s of corr(ŷ(t), y(t−s))',
      },
      leak: {
        name: 'Leak',
        what: 'The test part seen before it is judged, by a scaler fitted on all rows or an epoch picked on the test part. The result looks better than it will ever be.',
      },
      seeds: {
        name: 'Seeds',
        what: 'The same network from other beginnings. A lead that is smaller than the spread over seeds is no lead.',
      },
    } satisfies Record<TermName, { name: string; what: string; formula?: string }>,
  },
};
