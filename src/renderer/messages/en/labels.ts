import type { LabelMeasure } from '../../../core/inside/texts/label-units';

const counted = (n: string, one: string, more: string) => (n === '1' ? `1 ${one}` : `${n} ${more}`);

/** The bench for tagging and classification of texts. */
export const labels = {
  labels: {
    region: { tagging: 'Tagging', classification: 'Classification of texts' },
    close: 'Close texts',
    texts: {
      tagging: (n: string) => counted(n, 'sentence', 'sentences'),
      classification: (n: string) => counted(n, 'text', 'texts'),
    },
    kinds: {
      tagging: (n: string) => counted(n, 'tag', 'tags'),
      classification: (n: string) => counted(n, 'class', 'classes'),
    },
    words: (n: string) => counted(n, 'word', 'words'),
    counts: { tagging: 'Tags', classification: 'Classes' },
    balance: { tagging: 'Tags by part', classification: 'Classes by part' },
    share: (label: string, n: string, share: string) => `${label}: ${n} (${share})`,
    textColumn: { tagging: 'Words in column', classification: 'Texts in column' },
    labelColumn: { tagging: 'Tags in column', classification: 'Classes in column' },
    input: 'Reads',
    inputs: { word: 'words', character: 'characters' },
    fields: {
      hidden: 'Hidden units',
      layers: 'Layers',
      embedding: 'Embedding',
      vocabulary: 'Vocabulary at most',
      length: 'Length at most',
      delay: 'Words a tag waits',
      batch: 'Batch',
      epochs: 'Epochs',
    },
    weighted: 'Classes weigh the same',
    size: (train: string, validation: string, test: string) => `Train ${train}, validation ${validation}, test ${test}`,
    model: (vocabulary: string, parameters: string) => `${vocabulary} in the vocabulary, ${parameters} parameters`,
    curve: 'Cross-entropy by epoch',
    curveHint: 'thin: training, strong: validation',
    waiting: 'Train, and see how the loss falls.',
    progress: (epoch: string, epochs: string) => `Epoch ${epoch} of ${epochs}`,
    loss: (nats: string) => `${nats} nats`,
    models: {
      tagging: 'Tagging models',
      classification: 'Text classification models',
      all: 'Models of labelled texts',
    },
    table: 'Models',
    judged: { tagging: 'On words of unseen sentences', classification: 'On unseen texts' },
    columns: {
      accuracy: 'Accuracy',
      balanced: 'Balanced',
      macroF1: 'Macro F1',
      wholly: 'Sentences right',
      unknown: 'Unknown words',
      brier: 'Brier',
      kind: 'Task',
    },
    kindNames: { tagging: 'Tagging', classification: 'Classification' },
    baselines: { majority: 'Commonest label', 'word-tag': 'Most frequent tag', 'naive-bayes': 'Bag of words' },
    examples: { tagging: 'Sentences of the test part', classification: 'Texts of the test part' },
    examplesHint: 'wrong ones are struck through, the true one behind',
    wrong: (told: string, label: string) => `${told}, wrong: ${label}`,
    none: 'What was told of unseen texts stands here once a model is trained.',
    tell: { tagging: 'Tag a sentence', classification: 'Classify a text' },
    typed: { tagging: 'Sentence', classification: 'Text' },
    act: { tagging: 'Tag', classification: 'Classify' },
    tells: (name: string) => `by ${name}`,
    answer: 'Answer',
  },
  labelInside: {
    region: 'Inside the model of labelled texts',
    which: { tagging: 'Sentence of the test part', classification: 'Text of the test part' },
    end: '(end)',
    keys: 'Point at a word, or go through the text with the arrow keys.',
    says: { tagging: 'Tag said here', classification: 'Class so far' },
    about: (word: string) => `of “${word}”`,
    line: (about: string, bits: string) => `${about} · entropy ${bits} bits`,
    nothingYet: 'No tag is said yet: the model waits for the words that follow.',
    actual: (label: string) => `It is ${label}.`,
    actualColumn: 'Is',
    left: (n: string) => `The last ${n} are behind what is read at once.`,
    measures: { position: 'place in the sentence', unknown: 'word is not in the vocabulary' } satisfies Record<
      Exclude<LabelMeasure['name'], 'label'>,
      string
    >,
    honest: {
      tagging: (said: string, texts: string) =>
        `1 where the tag is the true one, else 0, over ${said} words in ${texts} sentences of the test part: units are chosen on the first half, r is that of the second.`,
      classification: (_: string, texts: string) =>
        `The state behind the last word, against 1 where the class is the true one, else 0, over ${texts} texts of the test part: units are chosen on the first half, r is that of the second.`,
    },
  },
};
