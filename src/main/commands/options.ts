import { type Command, Option } from 'commander';
import type { ColumnSummary, ReadingChoices } from '../../core/data/frame';
import { LabError } from '../../core/errors';
import { activationNames } from '../../core/nn/model';
import type { Settings } from '../../core/settings';
import {
  kernelNames,
  lossNames,
  missingNames,
  optimizerNames,
  scaleNames,
  taskNames,
  transformNames,
} from '../../core/settings';

/** Options as commander gives them: text, by their names in camel case. */
export type Texts = Record<string, string | boolean | undefined>;

/** How a file is to be read; what is not given is inferred. */
export function readingOptions(command: Command): Command {
  return command
    .option('--date COL', 'column of dates')
    .option('--target COL', 'column to forecast')
    .addOption(new Option('--date-order ORDER', 'of dates like 01/02/2024').choices(['dmy', 'mdy', 'ymd']))
    .addOption(new Option('--decimal MARK', 'decimal mark').choices(['.', ',']))
    .option('--delimiter MARK', 'between cells')
    .option('--encoding NAME', 'of the text, e.g. utf-8, euc-kr, windows-1252')
    .option('--header-line N', 'line of the column names, 0: there is none');
}

export function readingOf(texts: Texts): ReadingChoices {
  const text = (name: string) => texts[name] as string | undefined;
  const choices: ReadingChoices = {
    date: text('date'),
    target: text('target'),
    dateOrder: text('dateOrder') as ReadingChoices['dateOrder'],
    decimal: text('decimal') as ReadingChoices['decimal'],
    delimiter: text('delimiter') === '\\t' ? '\t' : text('delimiter'),
    encoding: text('encoding'),
    headerLine: numberOf(texts, 'headerLine'),
    missing: text('missing') as ReadingChoices['missing'],
  };
  return given(choices);
}

const from = (names: readonly string[]) => names.join(' | ');

/** How an experiment is set up; what is not given is chosen from the data and reported. */
export function settingsOptions(command: Command): Command {
  return command
    .option('--inputs LIST', 'extra input columns: COL,COL | all | none (default none)')
    .option('--models LIST', 'of rnn, lstm, gru (default rnn,lstm)')
    .addOption(new Option('--task NAME', 'what is learned').choices(taskNames))
    .option('--lookback N', 'steps read')
    .option('--horizon N', 'steps forecast (default 1: the next one)')
    .option('--hidden N', 'hidden units per layer')
    .option('--layers N', 'recurrent layers')
    .option('--dropout X', 'between layers, 0 to 0.9')
    .addOption(new Option('--activation NAME', 'of the plain RNN').choices(activationNames))
    .option('--epochs N', 'at most this many passes over the training part')
    .option('--patience N', 'stop after N epochs without improvement, 0: never')
    .option('--batch N', 'windows per step of the optimizer')
    .option('--lr X', 'learning rate')
    .addOption(new Option('--optimizer NAME').choices(optimizerNames))
    .option('--clip X', 'largest norm of the gradient, 0: not clipped')
    .option('--tbptt N', 'steps the gradient goes back, 0: all')
    .addOption(new Option('--loss NAME').choices(lossNames))
    .addOption(new Option('--transform NAME', 'of the target, undone in every result').choices(transformNames))
    .addOption(new Option('--scale NAME', 'fitted on the training part only').choices(scaleNames))
    .addOption(new Option('--missing NAME', 'what becomes of rows without target').choices(missingNames))
    .option('--split A,B,C', 'shares of training, validation and test, in time order')
    .option('--split-rows A,B,C', 'the same in rows')
    .option('--season N', 'rows in one season, 1: none')
    .option('--calendar', 'also read day of week, month and hour of the step to forecast')
    .option('--embargo N', 'rows left out before validation and test')
    .option('--refit', 'train once more on all rows before forecasting past the end')
    .option('--leak', 'also show what cheating would seem to reach')
    .option('--seed N', 'of all randomness')
    .option('--seeds N', 'train each model under N seeds')
    .option('--threads N', 'at most this many')
    .addOption(
      new Option('--kernels NAME', `${from(kernelNames)}; plain repeats on every machine`).choices(kernelNames),
    );
}

const numbers = [
  'lookback',
  'horizon',
  'hidden',
  'layers',
  'dropout',
  'epochs',
  'patience',
  'batch',
  'lr',
  'clip',
  'tbptt',
  'seed',
  'seeds',
  'threads',
  'season',
  'embargo',
] as const;
const names = ['target', 'date', 'task', 'activation', 'optimizer', 'loss', 'transform', 'scale', 'missing', 'kernels'];

/** The settings a person chose. Whether their values fit is for the Lab to say. */
export function settingsOf(texts: Texts, columns: ColumnSummary[], target: string | null): Partial<Settings> {
  const settings: Record<string, unknown> = {};
  for (const name of numbers) settings[name] = numberOf(texts, name);
  for (const name of ['calendar', 'refit', 'leak']) settings[name] = texts[name];
  for (const name of names) settings[name] = texts[name];
  settings.inputs = inputsOf(texts.inputs as string | undefined, columns, target);
  settings.models = (texts.models as string | undefined)?.split(',').map((name) => name.trim());
  settings.split = numbersOf(texts, 'split');
  settings.splitRows = numbersOf(texts, 'splitRows');
  return given(settings);
}

function inputsOf(text: string | undefined, columns: ColumnSummary[], target: string | null): string[] | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return [];
  if (text === 'all')
    return columns.filter(({ kind, name }) => kind === 'number' && name !== target).map((c) => c.name);
  // a column's own name may hold a comma
  if (columns.some(({ name }) => name === text)) return [text];
  return text.split(',').map((name) => name.trim());
}

export const flag = (name: string) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function numberOf(texts: Texts, name: string): number | undefined {
  const text = texts[name];
  return text === undefined ? undefined : parse(name, String(text), String(text));
}

function numbersOf(texts: Texts, name: string): number[] | undefined {
  const text = texts[name];
  if (text === undefined) return undefined;
  const parts = String(text).split(',');
  if (parts.length !== 3) throw badNumber(name, String(text), '3 numbers: A,B,C');
  return parts.map((part) => parse(name, part, String(text)));
}

function parse(name: string, part: string, whole: string): number {
  const value = Number(part);
  if (part.trim() === '' || !Number.isFinite(value)) throw badNumber(name, whole, 'a number');
  return value;
}

const badNumber = (name: string, value: string, allowed: string) =>
  new LabError('host.bad-option', { option: flag(name), value, allowed });

function given<T extends object>(choices: T): T {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)) as T;
}
