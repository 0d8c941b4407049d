import type { ModelSpec } from '../../nn/model';
import type { GraphWriter } from './graph';
import { slice } from './layers';
import { lastState } from './networks';

/**
 * One step forecast, appended to the window, whose oldest row falls out, `horizon` times over, from a zero state each time.
 * A window that is centred on its last row is centred anew on the appended one.
 *
 * @param x [T][N][D] the prepared window
 * @param far [N][D] what x was centred on, double; null: nothing
 * @returns [N][1][horizon] of the target, double
 */
export function rolledOut(g: GraphWriter, model: ModelSpec, x: string, far: string | null, horizon: string): string {
  const { D } = model;
  const body = g.inner();
  body.input('step', 'int64', []);
  const going = body.input('going_on', 'bool', []);
  const window = body.input('window_now', 'float', ['T', 'N', D]);
  const centre = far === null ? null : body.input('centre', 'double', ['N', D]);
  const y = lastState(body, model, window);
  const made = body.op('Cast', 'made_exact', [y], { to: 11 });
  const values = centre === null ? made : body.op('Add', 'made_uncentred', [made, centre]);
  const newest = body.op('Unsqueeze', 'newest', [y, body.ints(0)]);
  const longer = body.op('Concat', 'moved_window', [slice(body, 'kept_rows', window, 0, 1), newest], { axis: 0 });
  const next = centre === null ? longer : body.op('Sub', 'centred_anew', [longer, newest]);
  body.output(going, 'goes_on', 'bool', []);
  body.output(next, 'window_next', 'float', ['T', 'N', D]);
  if (centre !== null) body.output(values, 'centre_next', 'double', ['N', D]);
  body.output(slice(body, 'target_made', values, 1, 0, 1), 'made', 'double', ['N', 1]);
  const names = ['window_end', ...(far === null ? [] : ['centre_end']), 'rolled_out'];
  const inputs = [horizon, g.yes(), x, ...(far === null ? [] : [far])];
  const steps = g.ops('Loop', names, inputs, { body: body.graph('next_step') }).at(-1) as string;
  return g.op('Transpose', 'steps_by_window', [steps], { perm: [1, 2, 0] });
}
