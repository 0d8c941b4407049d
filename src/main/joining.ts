import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { joinedCsv, joinOnTime, type Part, targetsOf } from '../core/data/join';
import type { DataSource, DatasetView, Input } from '../core/protocol';
import type { Dataset, Datasets } from './datasets';
import type { Handlers } from './lab';

/** Where tables that were put together lie: a folder of the project. */
const folderIn = (project: string): string => join(project, 'joined');

/** Files put together by their dates as one table in the project's folder: where it lies, and how many rows it has. */
export async function keepJoined(project: string, parts: Part[]): Promise<{ path: string; rows: number }> {
  const table = joinOnTime(parts);
  const csv = joinedCsv(table);
  const hash = createHash('sha256').update(csv).digest('hex').slice(0, 8);
  const name = parts.map(({ file }) => file.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_')).join('+');
  const path = join(folderIn(project), `${name.slice(0, 150)}-${hash}.csv`);
  await mkdir(folderIn(project), { recursive: true });
  await writeFile(path, csv);
  return { path, rows: table.times.length };
}

/** What the columns of a file are told apart by: its name without ending, numbered where it is taken. */
export function nameOf(file: string, taken: readonly string[]): string {
  const stem = basename(file.replace(/^example:/, ''), extname(file));
  let name = stem;
  for (let n = 2; taken.includes(name); n++) name = `${stem}-${n}`;
  return name;
}

interface Reach {
  datasets: Datasets;
  project: string;
  open(source: DataSource, ticket: string): Promise<Dataset>;
  /** As it is told, with what was opened lately brought up to date. */
  shown(dataset: Dataset): Promise<DatasetView>;
}

/** A further file beside the one that is open: a task of its own in a network that shares. */
export function joinCalls({ datasets, project, open, shown }: Reach): Pick<Handlers, 'data.join'> {
  return {
    async 'data.join'({ dataset, targets, source, ticket }: Input<'data.join'>) {
      const first = datasets.get(dataset);
      const further = await open(source, ticket);
      const frames = [datasets.frameOf(first), datasets.frameOf(further)] as const;
      // a table that was put together has its columns named by file already
      const together = first.path !== undefined && dirname(first.path) === folderIn(project);
      const taken = together ? frames[0].columns.map(({ name }) => name.split(':')[0]!) : [nameOf(first.file, [])];
      const name = nameOf(further.file, taken);
      const own = { file: nameOf(first.file, []), frame: frames[0], named: together };
      const more = { file: name, frame: frames[1], usual: further.reading.inspection.target };
      const added = targetsOf([more], []);
      const { path } = await keepJoined(project, [own, more]);
      const before = together ? '' : `${own.file}:`;
      const whole = await open(datasets.admit(path, basename(path), false), ticket);
      return { view: await shown(whole), targets: [...targets.map((one) => `${before}${one}`), ...added], before };
    },
  };
}
