import type { Facts } from '../../errors';
import type { Predictions, RunRecord } from '../../run';
import type { Settings } from '../../settings';
import type { ComparedRun, Group } from '.';
import { settingsThatDiffer, written } from './differing';

/** What speaks against setting one model's error against another's; in the catalogue under `code`. */
export interface Objection {
  code: string;
  facts: Facts;
  /** Whether nothing can be concluded at all: the models were not judged on the same windows. */
  bars: boolean;
}

/** What makes the judged windows differ. */
const ofWindows = [
  'split',
  'splitRows',
  'horizon',
  'task',
  'embargo',
  'flat',
  'missing',
  'inputs',
  'lookback',
  'segment',
];
/** How much training a model was given. */
const ofBudget = ['epochs', 'patience'] as const;
/** What only how fast it went depends on. */
const ofMachine = ['threads', 'kernels'] as const;

export function objectionsTo(groups: Group[]): Objection[] {
  const [first, ...others] = groups;
  if (!first) return [];
  const found = others.flatMap((other) => between(first, other));
  const barred = found.some(({ bars }) => bars);
  const seeds = groups.length > 1 && !barred && groups.every(({ runs }) => runs.length === 1);
  const alone = seeds ? [{ code: 'compare.one-seed', facts: {}, bars: false }] : [];
  const stopped = groups.flatMap(({ name, runs }) =>
    runs.some(({ record }) => record.stopped === 'interrupted')
      ? [{ code: 'compare.stopped', facts: { model: name }, bars: false }]
      : [],
  );
  // each of them once: the first model that differs stands for the rest
  const seen = new Set<string>();
  const distinct = found.filter(({ code, facts }) => {
    const key = `${code} ${facts.setting ?? ''}`;
    return seen.has(key) ? false : seen.add(key);
  });
  return [...distinct, ...stopped, ...alone].sort((a, b) => Number(b.bars) - Number(a.bars));
}

function between(one: Group, other: Group): Objection[] {
  const [a, b] = [one.runs[0]!, other.runs[0]!];
  const differs = (code: string, of: (record: RunRecord) => string, bars: boolean, more: Facts = {}): Objection[] => {
    const [ofFirst, ofModel] = [of(a.record), of(b.record)];
    if (ofFirst === ofModel) return [];
    return [{ code, facts: { first: one.name, ofFirst, model: other.name, ofModel, ...more }, bars }];
  };
  const data = differs('compare.other-data', dataOf(a.record, b.record), true);
  const target = differs('compare.other-target', ({ dataset }) => dataset.target, true);
  if (data.length + target.length > 0) return [...data, ...target];
  const setting = (code: string, keys: readonly (keyof Settings)[]) =>
    keys.flatMap((key) => differs(code, ({ settings }) => written(settings[key]), false, { setting: key }));
  const seeds = [one, other].map(({ runs }) =>
    runs
      .map(({ record }) => record.seed)
      .sort((x, y) => x - y)
      .join(', '),
  );
  const otherSeeds =
    seeds[0] === seeds[1]
      ? []
      : [
          {
            code: 'compare.other-seeds',
            facts: { first: one.name, ofFirst: seeds[0]!, model: other.name, ofModel: seeds[1]! },
            bars: false,
          },
        ];
  return [
    ...windowsBetween(one, other),
    ...setting('compare.other-budget', ofBudget),
    ...otherSeeds,
    ...setting('compare.other-machine', ofMachine),
  ];
}

/** Name and first digits of the fingerprint; the same name says little of files that differ. */
const dataOf =
  (a: RunRecord, b: RunRecord) =>
  ({ dataset: { file, sha256 } }: RunRecord): string => {
    if (a.dataset.sha256 === b.dataset.sha256) return '';
    return a.dataset.file === b.dataset.file ? `${file} ${sha256.slice(0, 8)}` : file;
  };

function windowsBetween(one: Group, other: Group): Objection[] {
  const [a, b] = [one.runs[0]!, other.runs[0]!];
  const same = a.test && b.test ? sameWindows(a.test, b.test) : JSON.stringify(partOf(a)) === JSON.stringify(partOf(b));
  if (same) return [];
  const settings = settingsThatDiffer([a.record, b.record]).filter((key) => ofWindows.includes(key));
  return [
    {
      code: 'compare.other-windows',
      facts: {
        ...{ first: one.name, ofFirst: inWords(a), model: other.name, ofModel: inWords(b) },
        settings: settings.join(', '),
      },
      bars: true,
    },
  ];
}

/** Made from the same rows for the same rows, whose values are the same. */
function sameWindows(a: Predictions, b: Predictions): boolean {
  return (
    a.firstStep === b.firstStep &&
    a.steps === b.steps &&
    a.origins.length === b.origins.length &&
    a.origins.every((origin, w) => origin === b.origins[w]) &&
    (a.classes && b.classes ? sameClasses(a, b) : sameValues(a, b))
  );
}

const sameValues = (a: Predictions, b: Predictions): boolean =>
  a.actual.every((value, i) => Math.abs(value - b.actual[i]!) <= 1e-9 * Math.abs(value));

/** The codes are each run's own. */
function sameClasses(a: Predictions, b: Predictions): boolean {
  const labelOf = ({ classes, actual }: Predictions, i: number) => classes!.labels[actual[i]!];
  return a.actual.every((_, i) => labelOf(a, i) === labelOf(b, i));
}

const partOf = ({ record: { split, settings, metrics } }: ComparedRun) => [
  ...[split.test.rows, split.test.start, split.test.end],
  ...[settings.task, settings.horizon, metrics.test.n],
];

const inWords = ({ record: { split, settings, metrics } }: ComparedRun): string => {
  const { start, end, rows } = split.test;
  const where = start && end ? `${start} – ${end}` : `${rows}`;
  return `${where}, ${settings.task}, horizon ${settings.horizon}, n ${metrics.test.n}`;
};
