import { type Command, Option } from 'commander';
import type { ColumnSummary, ReadingChoices } from '../../core/data/frame';
import { activationNames, attentionNames, cellNames, initNames, memoryNames } from '../../core/nn/model';
import {
  classWeightNames,
  kernelNames,
  lossNames,
  missingNames,
  optimizerNames,
  scaleNames,
  scheduleNames,
  sharingChoices,
  taskNames,
  trainingNames,
  transformNames,
} from '../../core/setting-names';
import type { Settings } from '../../core/settings';

/** Options as commander gives them: text, by their names in camel case. */
export type Texts = Record<string, string | boolean | undefined>;

/** How a file is to be read; what is not given is inferred. */
export function readingOptions(command: Command): Command {
  return command
    .option('--date <COL>', 'column of dates')
    .option('--target <COL>', 'column to forecast')
    .addOption(new Option('--date-order <ORDER>', 'of dates like 01/02/2024').choices(['dmy', 'mdy', 'ymd']))
    .addOption(new Option('--decimal <MARK>', 'decimal mark').choices(['.', ',']))
    .option('--delimiter <MARK>', 'between cells')
    .option('--encoding <NAME>', 'of the text, e.g. utf-8, euc-kr, windows-1252')
    .option('--series <NAME>', 'where series are stacked on each other: the one to read, * for all')
    .option('--header-line <N>', 'line of the column names, 0: there is none')
    .option('--kinds <LIST>', 'what columns hold: COL=number,COL=text, or date, or empty to leave one out')
    .option('--as-missing <LIST>', 'numbers that stand for a missing value, e.g. -999,-9999');
}

export function readingOf(texts: Texts): ReadingChoices {
  const text = (name: string) => texts[name] as string | undefined;
  const choices: ReadingChoices = {
    date: text('date'),
    // several are for the experiment to take apart, once the columns are known
    target: text('target')?.includes(',') ? undefined : text('target'),
    dateOrder: text('dateOrder') as ReadingChoices['dateOrder'],
    decimal: text('decimal') as ReadingChoices['decimal'],
    delimiter: text('delimiter') === '\\t' ? '\t' : text('delimiter'),
    encoding: text('encoding'),
    series: text('series'),
    headerLine: numberOf(texts.headerLine) as number | undefined,
    kinds: kindsOf(text('kinds')),
    asMissing: text('asMissing')
      ?.split(',')
      .map((number) => numberOf(number) as number),
    missing: text('missing') as ReadingChoices['missing'],
  };
  return given(choices);
}

/** `Store=text,Sales, net=number`: a column's own name may hold a comma or an equals sign. */
function kindsOf(list: string | undefined): ReadingChoices['kinds'] {
  if (list === undefined) return undefined;
  const pairs = list.split(/(?<==\s*\w+\s*),/).map((pair) => pair.split(/=(?=[^=]*$)/).map((part) => part.trim()));
  return Object.fromEntries(pairs.map(([column = '', kind = '']) => [column, kind])) as ReadingChoices['kinds'];
}

const oneOf = (names: readonly string[]) => names.join(' | ');

/** How an experiment is set up; what is not given is chosen from the data and reported. */
export function settingsOptions(command: Command): Command {
  return command
    .option('--with <FILES>', 'further files, put together with the first by date: FILE,FILE; a target of each')
    .option('--also <LIST>', 'further columns to forecast with the same network: COL,COL | none')
    .option('--outputs <LIST>', 'one-to-many, a curve in every row: its columns in order, COL,COL or FIRST..LAST')
    .addOption(
      new Option('--sharing <KIND>', 'what several targets share, each with a head of its own').choices(sharingChoices),
    )
    .addOption(
      new Option('--training <NAME>', 'of targets that share: all in each batch, or by turns').choices(trainingNames),
    )
    .option('--alternate', 'the same as --training alternating')
    .option('--inputs <LIST>', 'extra input columns: COL,COL | all | none (default none)')
    .option('--future <LIST>', 'other columns known ahead, past the end too: COL,COL | none')
    .option('--models <LIST>', `of ${cellNames.join(', ')} (default rnn,lstm)`)
    .option('--task <NAME>', oneOf(taskNames))
    .option('--lookback <N>', 'steps read')
    .option('--attention <NAME>', `of seq2seq: ${oneOf(attentionNames)}`)
    .option('--sampling <X>', 'share of its own outputs a model is fed in training, 0 to 1 (seq2seq, autoregressive)')
    .option('--segment <W>', 'segment-wise recurrence, W steps to a segment')
    .option('--horizon <N>', 'steps forecast (default 1: the next one)')
    .option(
      '--reach <N>',
      'steps over which other ways of forecasting are tried (default twice the horizon, at least 10)',
    )
    .option('--hidden <N>', 'hidden units per layer')
    .option('--layers <N>', 'recurrent layers')
    .option('--dropout <X>', 'between layers, 0 to 0.9')
    .option('--activation <NAME>', `of the plain RNN: ${oneOf(activationNames)}`)
    .option('--memory <NAME>', `where the plain RNN's memory enters: ${oneOf(memoryNames)}`)
    .option('--init <NAME>', `how recurrent weights begin: ${oneOf(initNames)}`)
    .option('--epochs <N>', 'at most this many passes over the training part')
    .option('--patience <N>', 'stop after N epochs without improvement, 0: never')
    .option('--batch <N>', 'windows per step of the optimizer')
    .option('--lr <X>', 'learning rate')
    .option('--schedule <NAME>', `of the learning rate: ${oneOf(scheduleNames)}`)
    .option('--optimizer <NAME>', oneOf(optimizerNames))
    .option('--clip <X>', 'largest norm of the gradient, 0: not clipped')
    .option('--tbptt <N>', 'steps the gradient goes back, 0: all')
    .option('--loss <NAME>', oneOf(lossNames))
    .option(
      '--class-weights <NAME>',
      `what an error on a class counts, of tasks of classes: ${oneOf(classWeightNames)}`,
    )
    .option('--flat <X>', 'largest change that is flat, in the target’s units (direction; default 0)')
    .option('--transform <NAME>', `of the target, undone in every result: ${oneOf(transformNames)}`)
    .option('--scale <NAME>', `fitted on the training part only: ${oneOf(scaleNames)}`)
    .option('--missing <NAME>', `what becomes of rows without target, and of gaps in time: ${oneOf(missingNames)}`)
    .option('--split <A,B,C>', 'shares of training, validation and test, in time order')
    .option('--split-rows <A,B,C>', 'the same in rows')
    .option('--season <N>', 'rows in one season, 1: none')
    .option('--calendar', 'also read day of week, time of year and hour of the step to forecast')
    .option('--embargo <N>', 'rows left out before validation and test')
    .option('--seed <N>', 'of all randomness')
    .option('--seeds <N>', 'train each model under N seeds')
    .option('--threads <N>', 'at most this many')
    .option('--kernels <NAME>', `${oneOf(kernelNames)}: plain repeats on every machine`);
}

const numbers = [
  'lookback',
  'segment',
  'sampling',
  'horizon',
  'reach',
  'hidden',
  'layers',
  'dropout',
  'epochs',
  'patience',
  'batch',
  'lr',
  'clip',
  'flat',
  'tbptt',
  'seed',
  'seeds',
  'threads',
  'season',
  'embargo',
] as const;
/** Taken as they are written. */
const words = [
  'date',
  'task',
  'attention',
  'activation',
  'memory',
  'init',
  'optimizer',
  'schedule',
  'loss',
  'classWeights',
  'transform',
  'scale',
  'missing',
  'sharing',
  'training',
  'kernels',
  'calendar',
  'refit',
  'leak',
];

/** The settings a person chose, as they were written: what does not fit is for the plan to say. */
export function settingsOf(texts: Texts, columns: ColumnSummary[]): Partial<Settings> {
  const settings: Record<string, unknown> = {};
  for (const name of numbers) settings[name] = numberOf(texts[name]);
  for (const name of words) settings[name] = texts[name];
  if (texts.alternate) settings.training ??= 'alternating';
  Object.assign(settings, targetsOf(texts, columns));
  settings.outputs = outputsOf(texts.outputs, columns);
  settings.inputs = inputsOf(texts.inputs, columns);
  settings.future = inputsOf(texts.future, columns);
  settings.models = listOf(texts.models);
  for (const name of ['split', 'splitRows']) settings[name] = listOf(texts[name])?.map(numberOf);
  return given(settings);
}

type Text = Texts[string];

/** `--target A,B`: the first is the main one, the others go with those of `--also`. */
function targetsOf({ target, also }: Texts, columns: ColumnSummary[]) {
  const more = inputsOf(also, columns);
  const [first, ...rest] = inputsOf(target, columns) ?? [];
  return { target: first, also: rest.length > 0 ? [...rest, ...(more ?? [])] : more };
}

function inputsOf(text: Text, columns: ColumnSummary[]): string[] | undefined {
  if (text === 'none') return [];
  // a column's own name may hold a comma
  return columns.some(({ name }) => name === text) ? [String(text)] : listOf(text);
}

/** `h00..h23`: the columns from the first to the last in the order of the file. */
function outputsOf(text: Text, columns: ColumnSummary[]): string[] | undefined {
  return inputsOf(text, columns)?.flatMap((part) => {
    const names = columns.map(({ name }) => name);
    if (names.includes(part)) return [part];
    const [first, last] = part.split('..').map((end) => names.indexOf(end.trim()));
    if (first === undefined || last === undefined || first < 0 || last < first) return [part];
    return names.slice(first, last + 1);
  });
}

const listOf = (text: Text) =>
  text === undefined
    ? undefined
    : String(text)
        .split(',')
        .map((part) => part.trim());

/** A number where the text is one, else the text itself, for the refusal to quote. */
export function numberOf(text: Text): Text | number {
  if (typeof text !== 'string' || text.trim() === '') return text;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function given<T extends object>(choices: T): T {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)) as T;
}
