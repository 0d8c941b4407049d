import type { Palette } from './palette';
import { tinted } from './pictures';

/** Colours of classes, of which a strip shows eight before they come round again. */
export function classColours({ rnn, lstm, gru, ink, ink3, surface }: Palette): string[] {
  return [rnn, lstm, gru, ink3, ...[rnn, lstm, gru].map((colour) => tinted(colour, surface, 0.45)), ink];
}
