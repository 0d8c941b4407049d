import { createHash, randomUUID } from 'node:crypto';
import { LabError } from '../core/errors';
import { weightsFrom } from '../core/export/weights';
import type { Input } from '../core/protocol';
import type {
  LabelledCalls,
  LabelledJob,
  LabelledStarted,
  LabelledView,
  TellingOf,
} from '../core/text/labelled/contract';
import { type PlannedTexts, planLabelled } from '../core/text/labelled/plan';
import type { GivenText, LabelledFingerprint, LabelledKind, LabelledRecord } from '../core/text/labelled/record';
import type { LabelledSettings } from '../core/text/labelled/settings';
import { partsOf, repeatedIn } from '../core/text/labelled/split';
import { readTable } from '../core/text/labelled/table';
import { readTagged } from '../core/text/labelled/tagged';
import { tokensOf, wordsOf } from '../core/text/labelled/words';
import { readText, textLimitBytes } from '../core/text/read';
import { sourceAt } from './again';
import { asksOf } from './asks';
import type { Datasets } from './datasets';
import type { Experiments } from './experiments';
import type { Handlers } from './lab';
import { labelledInsideCalls } from './labelled-inside';
import { labelsOf } from './labelling';
import type { Store } from './store';
import { testTexts } from './text-data';
import { inFile } from './texts';
import { trainees } from './trainees';

interface Opened {
  kind: LabelledKind;
  texts: GivenText[];
  fingerprint: LabelledFingerprint;
}

interface Reach {
  datasets: Datasets;
  store: Store;
  experiments: Pick<Experiments, 'addLabelled' | 'trainer'>;
}

const keptTexts = 4;
/** Texts of a file that are shown. */
const shown = 5;

/** Labelled texts that were opened, and what is done with them. */
export class LabelledTexts {
  private readonly open = new Map<string, Opened>();

  constructor(private readonly reach: Reach) {}

  get calls(): Pick<Handlers, keyof LabelledCalls> {
    const { store, experiments } = this.reach;
    return {
      ...labelledInsideCalls({
        store,
        look: (request) => experiments.trainer.look(request),
        testOf: (record) => this.testOf(record),
      }),
      'labelled.open': (input) => this.read(input),
      'labelled.plan': async ({ texts, settings }) => {
        const { parts: _, ...plan } = await this.plan(this.get(texts), settings);
        return plan;
      },
      'labelled.start': (input) => this.start(input),
      'labelled.tell': (input) => this.tell(input),
    };
  }

  private async read({ source, kind, reading = {} }: Input<'labelled.open'>): Promise<LabelledView> {
    const { bytes, file, again } = await this.reach.datasets.bytes(source, textLimitBytes);
    const { text, encoding } = inFile(file, () => readText(bytes, reading.encoding));
    const found = inFile(file, () => (kind === 'tagging' ? readTagged : readTable)(text, reading));
    const { texts } = found;
    const repeated = repeatedIn(texts);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const kept = { ...reading, ...found.reading };
    const fingerprint = {
      file,
      sha256,
      encoding,
      texts: texts.length,
      repeated,
      reading: kept,
      ...(again && { path: again }),
    };
    const id = randomUUID();
    this.open.set(id, { kind, texts, fingerprint });
    const oldest = this.open.keys().next().value;
    if (this.open.size > keptTexts && oldest !== undefined) this.open.delete(oldest);
    const notes = [
      ...found.notes,
      ...(repeated > 0 ? [{ code: 'labels.repeated', facts: { kind, count: repeated } }] : []),
    ];
    return {
      ...{ texts: id, kind, file, sha256, encoding, reading: kept, columns: found.columns },
      ...{ count: texts.length, words: wordCount(texts), repeated, labels: labelCounts(texts), notes },
      begins: texts.slice(0, shown),
    };
  }

  private get(id: string): Opened {
    const opened = this.open.get(id);
    if (!opened) throw new LabError('host.unknown-dataset');
    return opened;
  }

  private async plan({ kind, texts }: Opened, settings: Partial<LabelledSettings>): Promise<PlannedTexts> {
    return planLabelled(kind, texts, settings, await this.reach.experiments.trainer.machine());
  }

  private async start({ texts: id, settings: chosen }: Input<'labelled.start'>): Promise<LabelledStarted> {
    const opened = this.get(id);
    const { kind, fingerprint } = opened;
    const { settings, parts, refusals } = await this.plan(opened, chosen);
    const [refusal] = refusals;
    if (refusal || !parts)
      throw new LabError(refusal!.code as LabError['code'], refusal!.facts, { file: fingerprint.file });
    const { experiment, runs } = trainees(settings);
    const order = { experiment, kind, settings, parts, runs };
    const asks = asksOf(order, fingerprint);
    await this.reach.store.unfinished.begin(asks);
    this.reach.experiments.addLabelled(order, fingerprint, asks);
    return { experiment, settings, runs };
  }

  /** The same file, read in the same way. */
  private opened(kind: LabelledKind, { sha256, reading }: Pick<LabelledFingerprint, 'sha256' | 'reading'>) {
    const wanted = JSON.stringify(reading);
    return [...this.open.values()].find(
      ({ kind: own, fingerprint }) =>
        own === kind && fingerprint.sha256 === sha256 && JSON.stringify(fingerprint.reading) === wanted,
    );
  }

  /** The texts a run was judged on, if they are open or lie where they were. */
  private async testOf(record: LabelledRecord): Promise<GivenText[] | null> {
    const { kind, dataset, settings } = record;
    const texts = this.opened(kind, dataset)?.texts;
    return texts ? partsOf(texts, settings).test.map((i) => texts[i]!) : testTexts(record, this.reach.datasets);
  }

  /** The texts that a run was learning, in their parts: where they are open, else from where they were read. */
  async again(
    run: string,
    kind: LabelledKind,
    { file, path, sha256, reading }: LabelledFingerprint,
    settings: LabelledSettings,
  ): Promise<LabelledJob['parts']> {
    let opened = this.opened(kind, { sha256, reading });
    if (!opened) {
      if (path === undefined) throw new LabError('host.not-kept', { file }, { file });
      const { texts } = await this.read({ source: sourceAt(path, this.reach.datasets), kind, reading });
      opened = this.get(texts);
    }
    if (opened.fingerprint.sha256 !== sha256) throw new LabError('host.file-changed', { run, file }, { file });
    const { parts, refusals } = await this.plan(opened, settings);
    const [refusal] = refusals;
    if (refusal || !parts) throw new LabError(refusal!.code as LabError['code'], refusal!.facts, { file });
    return parts;
  }

  private async tell({ run, texts }: Input<'labelled.tell'>): Promise<{ told: TellingOf[] }> {
    const record = await this.reach.store.labelled(run);
    const weights = weightsFrom(record.model, await this.reach.store.weights(run));
    const given = texts.map((text) => (record.kind === 'tagging' ? wordsOf(text) : text));
    return { told: (await labelsOf({ record, weights }, given)).told };
  }
}

function labelCounts(texts: readonly GivenText[]): LabelledView['labels'] {
  const counts = new Map<string, number>();
  for (const { labels } of texts) for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

const wordCount = (texts: readonly GivenText[]): number =>
  texts.reduce((sum, { content }) => sum + tokensOf({ content }, 'word').length, 0);
