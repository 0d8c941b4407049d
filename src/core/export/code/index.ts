import { shapeOf } from '../../forecast/tasks';
import type { RunRecord } from '../../run';
import { javascript } from './javascript';
import { python } from './python';

/**
 * Short programs that forecast from an exported model, in plain NumPy and in plain JavaScript: for a model whose layers read
 * the window step by step and whose head makes the outputs of their last state. Others are null; the page and
 * `unroll predict` forecast with those.
 */
export interface Code {
  python: string;
  javascript: string;
}

const plainSpec = ['cell', 'activation', 'D', 'H', 'L', 'O', 'dropout', 'quantiles'];

export function codeFor(record: RunRecord): Code | null {
  const { model, settings, preparation } = record;
  const plain = Object.entries(model).every(([key, value]) => plainSpec.includes(key) || value === undefined);
  const task = ['many-to-one', 'many-to-many', 'autoregressive'].includes(settings.task);
  const ahead = settings.calendar || preparation.columns.some(({ known }) => known);
  if (!plain || !task || ahead) return null;
  const { firstStep } = shapeOf(settings).judged;
  return { python: python(record, firstStep), javascript: javascript(record, firstStep) };
}
