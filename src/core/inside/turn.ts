import type { LayerView, StackView } from './look';
import type { Contributions } from './through-time';

/** [steps][width] with the last step first. */
function turned<Values extends Float64Array | null>(values: Values, steps: number): Values {
  if (!values) return values;
  const width = values.length / steps;
  const out = new Float64Array(values.length);
  for (let t = 0; t < steps; t++) out.set(values.subarray(t * width, (t + 1) * width), (steps - 1 - t) * width);
  return out as Values;
}

/** Layers that read a window from its last step to its first, in the order of time. */
export function inTime(stack: StackView): StackView {
  if (stack.way !== 'backward') return stack;
  return { ...stack, layers: stack.layers.map(turnedLayer) };
}

function turnedLayer(layer: LayerView): LayerView {
  const { steps } = layer;
  const turn = <Values extends Float64Array | null>(values: Values) => turned(values, steps);
  const part = (all: Contributions): Contributions => ({ ...all, norm: turn(all.norm), share: turn(all.share) });
  const { x, before, h, cellBefore, c, gates, y, a, gradient } = layer;
  return {
    ...layer,
    x: turn(x),
    before: turn(before),
    h: turn(h),
    cellBefore: turn(cellBefore),
    c: turn(c),
    gates: Object.fromEntries(Object.entries(gates).map(([name, values]) => [name, turn(values)])),
    y: turn(y),
    a: turn(a),
    gradient: gradient && {
      h: turn(gradient.h),
      c: turn(gradient.c),
      recurrent: part(gradient.recurrent),
      input: part(gradient.input),
    },
  };
}
