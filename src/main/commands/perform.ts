import type { ColumnSummary, Question, ReadingChoices } from '../../core/data/frame';
import { LabError } from '../../core/errors';
import type { ExperimentStarted, Input } from '../../core/protocol';
import type { Settings } from '../../core/settings';
import type { Lab } from '../lab';
import type { Store } from '../store';
import { progressOn } from '../terminal';
import { openLab, sourceOf } from './context';
import { refuseTexts } from './file-kinds';
import { summary } from './inspect';
import { readingOf, settingsOf, type Texts } from './options';
import { interruptedStatus, statusOf } from './status';
import { type Outcome, train } from './train';

/** What is to be done with what file. */
export interface Order {
  file: string;
  reading: ReadingChoices;
  settings: (columns: ColumnSummary[]) => Partial<Settings>;
  backtest?: Input<'experiment.start'>['backtest'];
  /** Looks at the file that was read before anything is trained on it. */
  check?: (sha256: string) => void;
}

export const orderOf = (file: string, texts: Texts): Order => ({
  file,
  reading: readingOf(texts),
  settings: (columns) => settingsOf(texts, columns),
});

export interface Performed extends Outcome<ExperimentStarted> {
  lab: Lab;
  store: Store;
  file: string;
}

/**
 * Reads, trains and answers: what `forecast`, `backtest` and `rerun` have in common. `answer` says whether there was
 * anything to tell. Gives the exit status.
 */
export async function perform(order: Order, texts: Texts, answer: (done: Performed) => Promise<boolean>) {
  const { lab, store } = openLab(texts.project as string | undefined);
  const progress = progressOn(process.stderr, texts.quiet === true);
  const { file, reading, backtest } = order;
  try {
    const source = sourceOf(lab, file);
    await refuseTexts(lab, source, file);
    const { dataset, inspection } = await lab.call('data.open', {
      source,
      reading,
      ticket: 'cli',
    });
    if (inspection.question) throw unanswered(inspection.question, file);
    order.check?.(lab.sha256Of(dataset));
    progress.say(summary(inspection));
    const settings = order.settings(inspection.columns);
    const outcome = await train(lab, () => lab.call('experiment.start', { dataset, settings, backtest }), progress);
    progress.end();
    const { failures, interrupted } = outcome;
    const told = await answer({ ...outcome, lab, store, file });
    // without any result the first failure is the answer itself
    const [first, ...others] = failures;
    for (const { error } of told ? failures : others) process.stderr.write(`${error.message} ${error.remedy}\n`);
    if (interrupted) return interruptedStatus;
    if (!told && first) throw new LabError(first.error.code as LabError['code'], first.error.facts);
    return Math.max(0, ...failures.map(({ error }) => statusOf(error.code)));
  } finally {
    progress.end();
    lab.close();
  }
}

/** The option that answers each question. */
const answers: Record<string, string> = {
  'data.date-order-open': '--date-order',
  'data.decimal-open': '--decimal',
  'data.long-format': '--series',
};

/** At most a few choices are worth a line. */
const shownChoices = 8;

export function unanswered({ message, code, choices }: Question, file: string): LabError {
  const option = answers[code] ?? '';
  const shown = choices.slice(0, shownChoices).map(({ value }) => `${option} ${value}`.trim());
  if (choices.length > shownChoices) shown.push('…');
  return new LabError('host.question', { question: message, choices: shown.join(' or ') }, { file });
}
