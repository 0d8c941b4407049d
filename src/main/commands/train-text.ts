import type { Command } from 'commander';
import { LabError } from '../../core/errors';
import { cellNames } from '../../core/nn/model';
import { optimizerNames, scheduleNames } from '../../core/settings';
import type { TextRecord } from '../../core/text/record';
import { type TextSettings, textSettingNames } from '../../core/text/settings';
import { textDocument } from '../documents';
import { figure, progressOn, table } from '../terminal';
import { openLab, print, printJson, sourceOf } from './context';
import { numberOf, type Texts } from './options';
import { interruptedStatus, statusOf } from './status';
import { train } from './train';

/** How a language model is set up; what is not given is chosen from the text and reported. */
export function textOptions(command: Command): Command {
  return command
    .option('--models <LIST>', `of ${cellNames.join(', ')} (default lstm)`)
    .option('--embedding <N>', 'numbers of a character’s learned vector, 0 or one-hot: one-hot')
    .option('--hidden <N>', 'hidden units per layer')
    .option('--layers <N>', 'recurrent layers, 1 to 4')
    .option('--dropout <X>', 'between layers, 0 to 0.9')
    .option('--activation <NAME>', 'of the plain RNN: tanh | relu | sigmoid')
    .option('--tbptt <N>', 'steps of a chunk: as far as the gradient goes back')
    .option('--streams <N>', 'stretches of the text read side by side')
    .option('--epochs <N>', 'passes over the training part')
    .option('--patience <N>', 'stop after N epochs without improvement, 0: never')
    .option('--lr <X>', 'learning rate')
    .option('--schedule <NAME>', `of the learning rate: ${scheduleNames.join(' | ')}`)
    .option('--optimizer <NAME>', optimizerNames.join(' | '))
    .option('--clip <X>', 'largest norm of the gradient, 0: not clipped')
    .option('--split <A,B,C>', 'shares of training, validation and test, in the order of the text')
    .option('--seed <N>', 'of all randomness')
    .option('--seeds <N>', 'train each model under N seeds')
    .option('--threads <N>', 'at most this many')
    .option('--kernels <NAME>', 'relaxed | plain: plain repeats on every machine')
    .option('--encoding <NAME>', 'of the text, e.g. utf-8, euc-kr, windows-1252');
}

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
    const records = all.filter(({ experiment }) => experiment === started.experiment);
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

function tell(records: TextRecord[], texts: Texts): void {
  const [{ dataset, settings, split, vocabulary, baselines }] = records as [TextRecord];
  if (texts.json)
    printJson({ version: 1, dataset, settings, vocabulary, split, models: records.map(textDocument), baselines });
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
