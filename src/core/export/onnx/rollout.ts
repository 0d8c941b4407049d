import type { ModelSpec } from '../../nn/model';
import type { GraphWriter } from './graph';
import { slice } from './layers';
import { lastState, type Read } from './networks';

/** [N][columns] what the window was centred on, double; null: nothing. */
type Rolled = Read & { far: string | null };

/**
 * One step forecast, appended to the window, whose oldest row falls out, `horizon` times over, from a zero state each time.
 * A window that is centred on its last row is centred anew on the appended one; what is known ahead moves on beside it.
 *
 * @returns [N][targets][horizon], double
 */
export function rolledOut(
  g: GraphWriter,
  model: ModelSpec,
  { window: x, far, ahead, T }: Rolled,
  horizon: string,
  targets: number,
): string {
  const C = model.O;
  const body = g.inner();
  const at = body.input('step', 'int64', []);
  const going = body.input('going_on', 'bool', []);
  const window = body.input('window_now', 'float', ['T', 'N', C]);
  const centre = far === null ? null : body.input('centre', 'double', ['N', C]);
  const y = lastState(body, model, ahead === null ? window : besideAhead(body, window, ahead, at, T));
  const made = body.op('Cast', 'made_exact', [y], { to: 11 });
  const values = centre === null ? made : body.op('Add', 'made_uncentred', [made, centre]);
  const newest = body.op('Unsqueeze', 'newest', [y, body.ints(0)]);
  const longer = body.op('Concat', 'moved_window', [slice(body, 'kept_rows', window, 0, 1), newest], { axis: 0 });
  const next = centre === null ? longer : body.op('Sub', 'centred_anew', [longer, newest]);
  body.output(going, 'goes_on', 'bool', []);
  body.output(next, 'window_next', 'float', ['T', 'N', C]);
  if (centre !== null) body.output(values, 'centre_next', 'double', ['N', C]);
  body.output(slice(body, 'target_made', values, 1, 0, targets), 'made', 'double', ['N', targets]);
  const names = ['window_end', ...(far === null ? [] : ['centre_end']), 'rolled_out'];
  const inputs = [horizon, g.yes(), x, ...(far === null ? [] : [far])];
  const steps = g.ops('Loop', names, inputs, { body: body.graph('next_step') }).at(-1) as string;
  return g.op('Transpose', 'steps_by_window', [steps], { perm: [1, 2, 0] });
}

/** [T][N][D] of the window after `at` steps. */
function besideAhead(g: GraphWriter, window: string, ahead: string, at: string, T: number): string {
  const first = g.op('Unsqueeze', 'ahead_first', [at, g.ints(0)]);
  const end = g.op('Add', 'ahead_end', [first, g.ints(T)]);
  const rows = g.op('Slice', 'ahead_of_window', [ahead, first, end, g.ints(0)]);
  return g.op('Concat', 'inputs', [window, rows], { axis: 2 });
}
