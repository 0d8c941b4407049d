import { blocksOf } from '../nn/layout';
import type { ModelSpec } from '../nn/model';
import type { NetworkPlaces } from '../nn/network';
import { backThroughTask } from './gated';
import type { LayerView, StackView } from './look';
import { deltasOf, fromPanels } from './reading';
import { recurrentOf, type Side, sidesOf } from './recurrent';
import type { Stack } from './stacks';
import { contributionsTo, gradientOfStates, norms, type Outside } from './through-time';

interface Context {
  f: Float32Array | Float64Array;
  model: ModelSpec;
  network: NetworkPlaces;
  /** Panels of the gradient of the network's outputs. */
  dy: number;
  /** Whether each step's share of the weights' gradients is wanted, which takes longer than all else. */
  shares: boolean;
  /** The engine's own gradient of a parameter, over the whole window. */
  gradient: (name: string) => ArrayLike<number>;
}

const untold = { norm: new Float64Array(0), share: new Float64Array(0), total: Number.NaN };

/** Fills in what came back through each layer. The network has just gone backward; its workspaces are as it left them. */
export function backThrough(
  context: Context,
  stacks: Stack[],
  views: StackView[],
  weights: (name: string) => Float32Array | Float64Array,
): void {
  const { f, model, network } = context;
  stacks.forEach((stack, s) => {
    stack.layers.forEach((layer, l) => {
      const view = views[s]!.layers[l]!;
      const { steps, inputs } = view;
      const deltas = deltasOf({ f, ...stack }, model, layer, (g) => blocksOf(model, g));
      const named = (name: string) => stack.parameter(name, l);
      const U = recurrentOf(model, (name) => weights(named(name)), inputs);
      const task =
        network.kind === 'gated' && stack.name === 'task'
          ? backThroughTask({ ...context, places: network, weights }, stack, deltas.hidden)
          : null;
      const hidden = task?.left ?? deltas.hidden;
      const sides = sidesOf(model, view, { ...deltas, hidden }, (name) => weights(named(name)));
      const outside = task?.outside ?? outsideOf(context, stacks, stack, l);
      const states = outside && gradientOfStates(model, view, task?.passing ?? deltas.hidden, U, outside);
      const parts = ({ name, left, right }: Side) => {
        if (!context.shares) return untold;
        const [rows, columns] = [left.length / steps, right.length / steps];
        const values = name === null ? new Float64Array(rows * columns) : context.gradient(named(name));
        const matrix = { values, out: rows, in: columns };
        return contributionsTo(matrix, left, right, steps);
      };
      view.gradient = {
        h: states && norms(states.h, steps),
        c: states?.c ? norms(states.c, steps) : null,
        recurrent: parts(sides.recurrent),
        input: parts(sides.input),
      } satisfies LayerView['gradient'];
    });
  });
}

/** What reaches layer l of a stack from outside it; null where it was not kept. */
function outsideOf({ f, model, network }: Context, stacks: Stack[], stack: Stack, l: number): Outside | null {
  const { H } = model;
  const { S } = stack;
  const rows = { f, ...stack };
  const work = stack.work!;
  const above = work.layers[l + 1];
  const base: Outside = { above: null, last: null, lastCell: null, linked: !stack.side };
  if (above) base.above = fromPanels(rows, { at: above.dx, panel: work.dxPanel, columns: H });
  const next = stack.name === 'encoder' ? stacks[1] : undefined;
  if (next) {
    // the decoder began from these states: what is left at its first step is theirs
    const { dh, dc } = next.work!.layers[l]!;
    const groups = next.side ? next.steps : 1;
    const fold = (at: number) =>
      folded(fromPanels({ f, S, steps: groups }, { at, panel: groups * S * 32, columns: H }), H);
    base.last = fold(dh);
    base.lastCell = dc ? fold(dc) : null;
  }
  if (above) return base;
  if (network.kind === 'last-state') {
    const { dHead } = network.seats[0]!;
    // every step's scores are made of its state
    if (model.classes === 'every')
      base.above = fromPanels(rows, { at: dHead, panel: stack.steps * S * 32, columns: H });
    else base.last = fromPanels({ f, S, steps: 1 }, { at: dHead, panel: S * 32, columns: H });
  } else if (network.kind === 'uniform') {
    const { dTop } = network.seats[0]!;
    base.last = fromPanels({ ...rows, steps: 1 }, { at: dTop, panel: S * 32, columns: H });
  } else if (network.kind === 'gated') {
    const { dStates, dReversed, panel } = network.seats[0]!.common!;
    const at = stack.way === 'forward' ? dStates[0]! : dReversed;
    base.above = fromPanels(rows, { at, panel, columns: H });
  } else if (network.kind === 'tokens') {
    const { dHead } = network.seats[0]!;
    base.above = fromPanels(rows, { at: dHead, panel: stack.steps * S * 32, columns: H });
  } else if (stack.name === 'decoder' && (network.kind === 'segments' || network.kind === 'seq2seq')) {
    // a query of Bahdanau's attention leaves the state before the step, and what comes back that way is not kept apart
    if (model.decoder?.attention === 'bahdanau') return null;
    const seat = network.seats[0]!;
    const at = 'dTop' in seat ? seat.dTop : seat.dStates;
    base.above = fromPanels(rows, { at, panel: stack.steps * S * 32, columns: H });
  } else if (network.kind === 'seq2seq' && model.decoder?.attention !== 'none') {
    const { attention } = network.seats[0]!;
    base.above = fromPanels(rows, { at: attention.dStates, panel: stack.steps * S * 32, columns: H });
  }
  return base;
}

/** Σ over rows of [rows][H]. */
function folded(values: Float64Array, H: number): Float64Array {
  const sum = new Float64Array(H);
  values.forEach((value, i) => {
    sum[i % H]! += value;
  });
  return sum;
}
