/** Lesson 4: a recurrence of one number, which shows what a product of many factors does. */
export interface ScalarStep {
  /** 0 is the state it begins from. */
  t: number;
  h: number;
  /** ∂h_t/∂h_0. */
  gradient: number;
}

/** States kept: beyond, exploding ones leave the range of numbers. */
export const mostScalarSteps = 60;

/**
 * h_t = w h_{t−1}, so that ∂h_t/∂h_0 = wᵗ; with `tanh` h_t = tanh(w h_{t−1}), and ∂h_t/∂h_0 = Π w (1 − h_s²) over s = 1 … t.
 */
export function recurrence(w: number, start: number, steps: number, { tanh }: { tanh: boolean }): ScalarStep[] {
  const all: ScalarStep[] = [{ t: 0, h: start, gradient: 1 }];
  for (let t = 1; t <= Math.min(steps, mostScalarSteps); t++) {
    const last = all[t - 1]!;
    const h = tanh ? Math.tanh(w * last.h) : w * last.h;
    all.push({ t, h, gradient: last.gradient * w * (tanh ? 1 - h * h : 1) });
  }
  return all;
}

/** The gradient as clipping leaves it: no longer than `most`, in the same direction; 0: as it is. */
export const clipped = (gradient: number, most: number): number =>
  most > 0 && Math.abs(gradient) > most ? Math.sign(gradient) * most : gradient;
