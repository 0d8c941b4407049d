import type { ScheduleName } from '../settings';

/**
 * What the learning rate is multiplied by in epoch `epoch` (from 1) of `epochs`:
 * - constant: 1;
 * - decay: 1 for three epochs, then 0.9 of the epoch before each time (the "type3" of the long-horizon literature's common
 *   code, with which SegRNN is published);
 * - cosine: ½ (1 + cos(π (epoch − 1) / epochs)), from 1 to nearly 0 (Loshchilov and Hutter 2017, without restarts).
 */
export function rateFactor(schedule: ScheduleName, epoch: number, epochs: number): number {
  if (schedule === 'decay') return 0.9 ** Math.max(0, epoch - 3);
  if (schedule === 'cosine') return 0.5 * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs));
  return 1;
}
