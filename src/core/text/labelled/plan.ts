import { alikeIn } from '../../alike';
import { LabError, type LabErrorView } from '../../errors';
import type { CellName } from '../../nn/model';
import { parameterCount } from '../../nn/parameters';
import type { ClassBalance } from '../../run';
import type { KernelName } from '../../settings';
import type { TextParts } from '../record';
import { type Lesson, labelModel, lessonOf } from './lesson';
import { sizeOf } from './lexicon';
import type { GivenText, LabelledKind } from './record';
import { type InputName, type LabelledSettings, labelledSettingsSchema } from './settings';
import { partsOf } from './split';
import { tokensOf, withoutBlanks } from './words';

export interface LabelledPlan {
  settings: LabelledSettings;
  /** Texts of each part. */
  split: TextParts<number>;
  balance: ClassBalance | null;
  /** Numbers of the vocabulary, and of words or characters in training those it has. */
  vocabulary: number;
  read: Lesson['read'] | null;
  parameters: Partial<Record<CellName, number>>;
  /** Choices the program made and what they leave out, as catalogue entries. */
  notes: { code: string; facts: Record<string, string | number> }[];
  /** What prevents a start. */
  refusals: LabErrorView[];
}

/** A plan with what is trained on by it. */
export interface PlannedTexts extends LabelledPlan {
  parts: TextParts<GivenText[]> | null;
}

/** Labels at most: beyond, a confusion matrix is no longer read, and most classes have hardly an example. */
export const mostLabels = 100;

/** Steps of the optimizer after which little more is learned, and epochs that make sense. */
const enoughSteps = 2000;
const [fewestEpochs, mostEpochs] = [6, 60];
/** Words or characters of a text that are read at most unless told. */
const usualLength = { tagging: { word: 100, character: 100 }, classification: { word: 150, character: 400 } };
/** Share of the texts that this length should hold; where the longest is not twice as long, it holds them all. */
const held = 0.95;

export interface LabelledFacts {
  threads: number;
  kernels: KernelName;
}

/** Every setting as it would be used, and the parts. */
export function planLabelled(
  kind: LabelledKind,
  texts: readonly GivenText[],
  chosen: Partial<LabelledSettings>,
  facts: LabelledFacts,
): PlannedTexts {
  const settings = settled(kind, texts, chosen, facts);
  const none = {
    ...{ settings, split: { train: 0, validation: 0, test: 0 }, balance: null, vocabulary: 0, read: null },
    ...{ parameters: {}, notes: [], parts: null },
  };
  const refused = (refusals: LabError[]): PlannedTexts => ({ ...none, refusals: refusals.map((one) => one.view()) });
  const wrong = refusalsOf(kind, texts, settings);
  if (wrong.length > 0) return refused(wrong);
  const numbers = partsOf(texts, settings);
  const pick = (part: number[]) => part.map((i) => texts[i]!);
  const parts = { train: pick(numbers.train), validation: pick(numbers.validation), test: pick(numbers.test) };
  const split = { train: parts.train.length, validation: parts.validation.length, test: parts.test.length };
  if (Object.values(split).includes(0))
    return refused([new LabError('labels.too-few', { kind, texts: texts.length, ...split })]);
  const lesson = lessonOf(kind, parts, settings);
  if (lesson.classes < 2) return refused([new LabError('labels.one-class', { kind, label: lesson.labels[0] ?? '' })]);
  const parameters = settings.models.map((cell) => [cell, parameterCount(labelModel(cell, settings, lesson))]);
  return {
    ...{ settings, split, parts, balance: lesson.balance, read: lesson.read },
    vocabulary: sizeOf(lesson.lexicon),
    parameters: Object.fromEntries(parameters),
    notes: notesOf(lesson),
    refusals: [],
  };
}

function settled(
  kind: LabelledKind,
  texts: readonly GivenText[],
  chosen: Partial<LabelledSettings>,
  { threads, kernels }: LabelledFacts,
): LabelledSettings {
  const input: InputName = chosen.input ?? (kind === 'classification' && spelled(texts) ? 'character' : 'word');
  const lengths = texts.map((text) => tokensOf(text, input).length).sort((a, b) => a - b);
  const [most, longest] = [lengths[Math.floor(held * (lengths.length - 1))] ?? 1, lengths.at(-1) ?? 1];
  const usual = Math.min(usualLength[kind][input], kind === 'tagging' || longest <= 2 * most ? longest : most);
  const words = lengths.reduce((sum, length) => sum + length, 0);
  const batch = chosen.batch ?? (texts.length < 500 ? 8 : texts.length < 5000 ? 16 : 32);
  const steps = Math.max(1, Math.ceil((0.8 * texts.length) / batch));
  const epochs = chosen.epochs ?? Math.max(fewestEpochs, Math.min(mostEpochs, Math.round(enoughSteps / steps)));
  const small = words < 20_000;
  return {
    ...{ models: ['lstm'], input, vocabulary: 10_000, rare: 2 },
    length: Math.max(1, usual),
    delay: kind === 'tagging' ? 1 : 0,
    embedding: small ? 32 : 64,
    hidden: small ? 32 : 64,
    ...{ layers: 1, dropout: 0, activation: 'tanh', classWeights: 'none' },
    ...{ epochs, patience: Math.max(4, Math.ceil(epochs / 4)), batch, lr: 0.005, schedule: 'cosine' },
    ...{ optimizer: 'adam', clip: 1, split: [0.8, 0.1, 0.1], order: 'shuffled', seed: 1, seeds: 1, threads, kernels },
    ...chosen,
  };
}

const spelled = (texts: readonly GivenText[]): boolean =>
  withoutBlanks(texts.slice(0, 200).map(({ content }) => String(content)));

function refusalsOf(kind: LabelledKind, texts: readonly GivenText[], settings: LabelledSettings): LabError[] {
  const checked = labelledSettingsSchema.safeParse(settings);
  if (!checked.success)
    return checked.error.issues.slice(0, 5).map((issue) => {
      const option = String(issue.path[0] ?? issue.code);
      const value = JSON.stringify(settings[option as keyof LabelledSettings]) ?? 'nothing';
      return new LabError('text.bad-option', { option, value: value.slice(0, 80), problem: issue.message });
    });
  if (settings.split.some((part) => !(part > 0))) return [new LabError('labels.split', { kind })];
  if (kind === 'tagging' && settings.input === 'character') return [new LabError('labels.characters')];
  const labels = texts.flatMap(({ labels }) => labels);
  const different = new Set(labels).size;
  if (different === 1) return [new LabError('labels.one-class', { kind, label: labels[0]! })];
  if (different > 2 && different > labels.length / 2)
    return [new LabError('labels.never-repeat', { kind, different, labels: labels.length })];
  if (different > mostLabels) return [new LabError('labels.too-many', { kind, different, most: mostLabels })];
  return [];
}

function notesOf({ kind, lexicon, parts, read, labels, classes, balance, settings }: Lesson): LabelledPlan['notes'] {
  const notes: LabelledPlan['notes'] = [];
  const different = new Set(parts.train.flatMap(({ tokens }) => tokens)).size;
  const { input } = settings;
  const often = lexicon.words.length === settings.vocabulary && different > settings.vocabulary;
  if (often) notes.push({ code: 'labels.vocabulary', facts: { input, kept: lexicon.words.length, different } });
  if (read.long > 0)
    notes.push({ code: 'labels.long', facts: { kind, input, texts: read.long, length: settings.length } });
  const alike = alikeIn(labels);
  if (alike.length > 0) notes.push({ code: 'labels.alike', facts: { kind, pairs: alike.join('; ').slice(0, 120) } });
  const rows = [...balance.validation.slice(classes), ...balance.test.slice(classes)].reduce((a, b) => a + b, 0);
  if (rows > 0)
    notes.push({
      code: 'labels.unseen',
      facts: { count: rows, labels: labels.slice(classes).join(', ').slice(0, 200) },
    });
  return notes;
}
