import { LabError } from '../../core/errors';
import { isLanguage } from '../../core/text/any-record';
import type { TextRecord } from '../../core/text/record';
import { type TextSettings, textSettingNames } from '../../core/text/settings';
import { textDocument } from '../documents';
import { figure, progressOn, table } from '../terminal';
import { openLab, print, printJson, sourceOf } from './context';
import { numberOf, type Texts } from './options';
import { interruptedStatus, statusOf } from './status';
import { train } from './train';

function settingsFrom(texts: Texts): Partial<TextSettings> {
  const chosen: Record<string, unknown> = {};
  for (const name of textSettingNames) {
    const text = texts[name];
    if (text === undefined) continue;
    if (name === 'models') chosen.models = String(text).split(',');
    else if (name === 'split') chosen.split = String(text).split(',').map(numberOf);
    else chosen[name] = name === 'embedding' && text === 'one-hot' ? 0 : numberOf(text);
  }
  return chosen;
}

/** `unroll train-text FILE`: learns a text, shows what it writes on the way, and judges it on the part it never read. */
export async function trainText(file: string, texts: Texts): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  const progress = progressOn(process.stderr, texts.quiet === true);
  try {
    const encoding = texts.encoding as string | undefined;
    const { text, characters, vocabulary } = await lab.call('text.open', { source: sourceOf(lab, file), encoding });
    const letters = vocabulary.map(({ token }) => JSON.stringify(token).slice(1, -1)).join('');
    progress.say(`${figure(characters)} characters, ${vocabulary.length} of them different: ${letters.slice(0, 200)}`);
    const settings = settingsFrom(texts);
    const { started, failures, interrupted } = await train(
      lab,
      () => lab.call('text.start', { text, settings }),
      progress,
    );
    progress.end();
    const { texts: all } = await store.list();
    const records = all.filter(isLanguage).filter(({ experiment }) => experiment === started.experiment);
    const [first] = failures;
    if (records.length > 0) tell(records, texts);
    else if (first && !interrupted) throw new LabError(first.error.code as LabError['code'], first.error.facts);
    for (const { error } of failures) process.stderr.write(`${error.message} ${error.remedy}\n`);
    return interrupted ? interruptedStatus : Math.max(0, ...failures.map(({ error }) => statusOf(error.code)));
  } finally {
    progress.end();
    lab.close();
  }
}

/** What was learned; `more`: what a document says beside it. */
export function tell(records: TextRecord[], texts: Texts, more: object = {}): void {
  const [{ dataset, settings, split, vocabulary, baselines }] = records as [TextRecord];
  if (texts.json)
    printJson({
      version: 1,
      dataset,
      settings,
      vocabulary,
      split,
      models: records.map(textDocument),
      baselines,
      ...more,
    });
  else print(scores(records));
}

/** `unroll show RUN` of a language model. */
export function showText(record: TextRecord, texts: Texts): number {
  const { version, kind, experiment, created, dataset, settings, vocabulary, split, model, baselines } = record;
  if (texts.json)
    printJson({
      ...{ version, kind, experiment, created, dataset, settings, vocabulary, split, model },
      ...textDocument(record),
      baselines,
    });
  else {
    const facts = Object.entries(settings).map(([name, value]) => `${name.padEnd(12)} ${value}`);
    print([`run          ${record.id}`, `text         ${dataset.file}`, ...facts, '', scores([record])].join('\n'));
    const last = record.samples.at(-1);
    if (last) print(`\nAfter epoch ${last.epoch} it wrote:\n\n${last.text}`);
  }
  return 0;
}

function scores(records: TextRecord[]): string {
  const rows = [...records, ...records[0]!.baselines].map((each) => {
    const { nats, bits, accuracy } = each.metrics.test;
    const seconds = 'seconds' in each ? each.seconds.toFixed(1) : '–';
    return [each.name, figure(nats), figure(bits), figure(accuracy), seconds];
  });
  return table(['on unseen text', 'nats', 'bits', 'right', 'seconds'], rows);
}
