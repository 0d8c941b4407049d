import { LabError } from '../../core/errors';
import type { DataSource } from '../../core/protocol';
import type { LabelledKind } from '../../core/text/labelled/record';
import type { Lab } from '../lab';

const otherKind = (file: string, kind: string) => new LabError('labels.other-kind', { file, kind }, { file });

/** Labelled texts are no series: the command that takes them is named. What cannot be found is said when it is read. */
export async function refuseTexts(lab: Lab, source: DataSource, file: string): Promise<void> {
  const { kind } = await lab.call('text.recognise', { source });
  if (kind === 'tagging' || kind === 'classification') throw otherKind(file, kind);
}

/** Lines in a hundred that must be of one width for a file to list words, and not to be prose. */
const mostlyEven = 70;

/** Refusals of files that have not the shape that was looked for at all. */
const unlike = ({ code, facts }: LabError): boolean =>
  (code === 'labels.one-column' && Number(facts.even) < mostlyEven) ||
  (code === 'labels.no-column' && facts.what === 'text');

interface Wanted {
  source: DataSource;
  file: string;
  kind: LabelledKind;
  /** Whether the person said which columns to read: then they know what it is. */
  chosen: boolean;
}

/** Opens a file as what the command takes; where it is plainly something else, that is said instead of what is wrong with it. */
export async function asKind<T>(lab: Lab, { source, file, kind, chosen }: Wanted, open: () => Promise<T>): Promise<T> {
  const { kind: found } = await lab.call('text.recognise', { source });
  if (!chosen && found !== kind && (found === 'tagging' || found === 'classification')) throw otherKind(file, found);
  return open().catch(async (thrown) => {
    const isOther = thrown instanceof LabError && unlike(thrown) && found !== kind && !chosen;
    throw isOther && (found !== 'table' || (await hasNumbers(lab, source))) ? otherKind(file, found) : thrown;
  });
}

/** A table of words alone is none of series. */
const hasNumbers = (lab: Lab, source: DataSource): Promise<boolean> =>
  lab.call('data.open', { source, ticket: 'kind' }).then(
    ({ inspection }) => inspection.columns.some(({ kind }) => kind === 'number'),
    () => false,
  );
