import type { Command } from 'commander';
import { cellNames } from '../../core/nn/model';
import { classWeightNames, optimizerNames, scheduleNames } from '../../core/setting-names';
import type { LabelledReading } from '../../core/text/labelled/record';
import { inputNames, type LabelledSettings, labelledSettingNames, orderNames } from '../../core/text/labelled/settings';
import { numberOf, type Texts } from './options';

/** How labelled texts are read. */
export function labelledReading(command: Command, tagging: boolean): Command {
  const column = tagging ? '<N>' : '<COL>';
  return command
    .option(
      `--text ${column}`,
      tagging ? 'column of the tokens, from 1 on (default: the first)' : 'column of the texts',
    )
    .option(`--label ${column}`, tagging ? 'column of the tags, from 1 on (default: the last)' : 'column of the labels')
    .option('--encoding <NAME>', 'of the file, e.g. utf-8, euc-kr, windows-1252')
    .option('--delimiter <MARK>', 'between cells: comma, semicolon, tab, pipe')
    .option('--header-line <N>', 'line of the header of a table, 0: none');
}

export const labelledReadingOf = ({ text, label, encoding, delimiter, headerLine }: Texts): LabelledReading => ({
  ...(text !== undefined && { text: String(text) }),
  ...(label !== undefined && { label: String(label) }),
  ...(encoding !== undefined && { encoding: String(encoding) }),
  ...(delimiter !== undefined && { delimiter: String(delimiter) }),
  ...(headerLine !== undefined && { headerLine: numberOf(headerLine) as number }),
});

/** How a model of labelled texts is set up; what is not given is chosen from the texts and reported. */
export function labelledOptions(command: Command, tagging: boolean): Command {
  if (tagging) command.option('--delay <N>', 'words a tag waits: with 1 the following word is read first (default 1)');
  else command.option('--input <NAME>', `what is read: ${inputNames.join(' | ')}`);
  return command
    .option('--models <LIST>', `of ${cellNames.join(', ')} (default lstm)`)
    .option('--vocabulary <N>', 'words known at most, the commonest (default 10000, at most 50000)')
    .option('--rare <N>', 'words seen less often in training count as unknown (default 2)')
    .option('--length <N>', tagging ? 'longer sentences are read in pieces of N' : 'words or characters read of a text')
    .option('--embedding <N>', 'numbers of a word’s learned vector')
    .option('--hidden <N>', 'hidden units per layer')
    .option('--layers <N>', 'recurrent layers, 1 to 4')
    .option('--dropout <X>', 'between layers, 0 to 0.9')
    .option('--activation <NAME>', 'of the plain RNN: tanh | relu | sigmoid')
    .option('--class-weights <NAME>', `of the loss: ${classWeightNames.join(' | ')}`)
    .option('--epochs <N>', 'passes over the training part')
    .option('--patience <N>', 'stop after N epochs without improvement, 0: never')
    .option('--batch <N>', 'texts in a batch')
    .option('--lr <X>', 'learning rate')
    .option('--schedule <NAME>', `of the learning rate: ${scheduleNames.join(' | ')}`)
    .option('--optimizer <NAME>', optimizerNames.join(' | '))
    .option('--clip <X>', 'largest norm of the gradient, 0: not clipped')
    .option('--split <A,B,C>', 'shares of the texts for training, validation and test (default 0.8,0.1,0.1)')
    .option('--order <NAME>', `how texts are dealt out: ${orderNames.join(' | ')} (default shuffled)`)
    .option('--seed <N>', 'of all randomness')
    .option('--seeds <N>', 'train each model under N seeds')
    .option('--threads <N>', 'at most this many')
    .option('--kernels <NAME>', 'relaxed | plain: plain repeats on every machine');
}

export function labelledSettingsOf(texts: Texts): Partial<LabelledSettings> {
  const chosen: Record<string, unknown> = {};
  for (const name of labelledSettingNames) {
    const text = texts[name];
    if (text === undefined) continue;
    if (name === 'models') chosen.models = String(text).split(',');
    else if (name === 'split') chosen.split = String(text).split(',').map(numberOf);
    else chosen[name] = numberOf(text);
  }
  return chosen;
}
