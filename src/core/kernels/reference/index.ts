import type { Kernels } from '../index';
import { attention } from './attention';
import { classes } from './classes';
import { decoder } from './decoder';
import { dropout } from './dropout';
import { gate } from './gate';
import { gru } from './gru';
import { learning } from './learning';
import { lstm } from './lstm';
import type { Memory } from './memory';
import { products } from './product';
import { quantile } from './quantile';
import { rnn } from './rnn';
import { rnnAfter } from './rnn-after';
import { segments } from './segment';
import { tokens } from './tokens';
import { feeding, windows } from './window';

/** The twin of every kernel over one memory: the oracle in tests, in single or double precision. */
export function referenceKernels(memory: Memory): Kernels {
  return {
    ...products(memory),
    ...rnn(memory),
    ...rnnAfter(memory),
    ...lstm(memory),
    ...gru(memory),
    ...windows(memory),
    ...feeding(memory),
    ...dropout(memory),
    ...segments(memory),
    ...attention(memory),
    ...decoder(memory),
    ...classes(memory),
    ...quantile(memory),
    ...tokens(memory),
    ...gate(memory),
    ...learning(memory),
  };
}
