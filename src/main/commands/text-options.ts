import type { Command } from 'commander';
import { cellNames } from '../../core/nn/model';
import { optimizerNames, scheduleNames } from '../../core/setting-names';

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
    .option('--split <A,B,C>', 'shares of training, validation (from all along) and test (the end)')
    .option('--seed <N>', 'of all randomness')
    .option('--seeds <N>', 'train each model under N seeds')
    .option('--threads <N>', 'at most this many')
    .option('--kernels <NAME>', 'relaxed | plain: plain repeats on every machine')
    .option('--encoding <NAME>', 'of the text, e.g. utf-8, euc-kr, windows-1252');
}
