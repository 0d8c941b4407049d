import type { Language } from '../../errors';
import type { CellName } from '../../nn/model';
import type { RunRecord } from '../../run';
import { settingLabels, valueWord } from '../../setting-words';
import type { Settings } from '../../settings';
import type { ComparedRun, Group } from '.';

/** In which settings models differ, and what each is called by it. */
export interface DifferingSetting {
  setting: keyof Settings;
  /** As the command line writes it, a value per model. */
  values: string[];
}

/** How many models and seeds there were beside it, and on how many threads, makes no other model of a run. */
const aside: ReadonlySet<string> = new Set(['models', 'seed', 'seeds', 'threads', 'kernels', 'leak']);

export const written = (value: Settings[keyof Settings] | undefined): string => {
  if (value === null || value === undefined) return 'none';
  return Array.isArray(value) ? value.join(',') || 'none' : String(value);
};

/** A setting and its value within a name: in the reader's words, or without a language as the command line writes them. */
export function settingNamed(key: keyof Settings, settings: Settings, language: Language | null): string {
  const value = written(settings[key]);
  if (!language) return `${key} ${value}`;
  const label = settingLabels[language][key] ?? key;
  // an abbreviation keeps its capitals
  const begun = /^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label;
  return `${begun} ${valueWord(value, language)}`;
}

/** The same training but for its seed. */
function likeness({ cell, dataset, settings }: RunRecord): string {
  const own = Object.entries(settings).filter(([key]) => !aside.has(key));
  return JSON.stringify([cell, dataset.sha256, dataset.reading, own.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Runs by model, in the order of their first appearance. The same seed once more is no second opinion: a model of its own. */
export function groupOf(runs: ComparedRun[]): ComparedRun[][] {
  const groups = new Map<string, ComparedRun[]>();
  for (const run of runs) {
    const like = likeness(run.record);
    let time = 0;
    const taken = () => groups.get(`${time} ${like}`)?.some(({ record }) => record.seed === run.record.seed);
    while (taken()) time++;
    groups.set(`${time} ${like}`, [...(groups.get(`${time} ${like}`) ?? []), run]);
  }
  return [...groups.values()];
}

/** What a network is called: by its cell, or without a memory the plain network. */
export const networkName = (cell: CellName, plain: boolean | undefined): string => (plain ? 'MLP' : cell.toUpperCase());
export const modelName = ({ cell, model }: Pick<RunRecord, 'cell' | 'model'>): string =>
  networkName(cell, model.memory === 'none');

/**
 * Every model by a name of its own: what a person called its only run, else its cell, with the settings in which it
 * differs from others of its cell, else numbered.
 */
export function namesOf(groups: ComparedRun[][], language: Language | null = null): Group[] {
  const taken = new Map<string, number>();
  return groups.map((runs) => {
    const { record, name: given } = runs[0]!;
    const alike = groups.filter(([other]) => other!.record.cell === record.cell).map((other) => other[0]!.record);
    const differing = settingsThatDiffer(alike).map((key) => settingNamed(key, record.settings, language));
    const own = runs.length === 1 ? given : null;
    const wanted = own ?? [modelName(record), differing.slice(0, 3).join(', ')].filter(Boolean).join(' ');
    const times = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, times);
    return { name: times > 1 ? `${wanted} (${times})` : wanted, runs };
  });
}

/** All in which the models differ. */
export function differingSettings(groups: Group[]): DifferingSetting[] {
  const records = groups.map(({ runs }) => runs[0]!.record);
  return settingsThatDiffer(records).map((setting) => ({
    setting,
    values: records.map(({ settings }) => written(settings[setting])),
  }));
}

export function settingsThatDiffer(records: Pick<RunRecord, 'settings'>[]): (keyof Settings)[] {
  const keys = [...new Set(records.flatMap(({ settings }) => Object.keys(settings) as (keyof Settings)[]))];
  return keys.filter(
    (key) => !aside.has(key) && new Set(records.map(({ settings }) => written(settings[key]))).size > 1,
  );
}
