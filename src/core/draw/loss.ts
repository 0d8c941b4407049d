import type { Plot, Point } from './plot';

/** One model's losses by epoch, and how its lines are drawn. */
export interface LossLine {
  name: string;
  colour: string;
  dash: number[];
  train: (number | null)[];
  validation: (number | null)[];
  /** 1-based; 0: none yet. */
  bestEpoch: number;
}

/** Loss by epoch on a logarithmic axis: validation strong, its best epoch a dot, training thin in the same dash. */
export function lossPlot(
  models: LossLine[],
  { x, y }: { x: string; y: string },
): Pick<Plot, 'lines' | 'dots' | 'x' | 'y'> {
  const points = (losses: (number | null)[]): Point[] => losses.map((loss, i) => ({ x: i + 1, y: loss ?? Number.NaN }));
  return {
    lines: models.flatMap(({ name, colour, dash, train, validation }) => [
      { name, colour, dash, points: points(validation), width: 1.75 },
      { name: '', colour, dash, points: points(train), width: 1, opacity: 0.55 },
    ]),
    dots: models.flatMap(({ colour, validation, bestEpoch }) => {
      const best = validation[bestEpoch - 1];
      return best ? [{ x: bestEpoch, y: best, radius: 3.5, colour }] : [];
    }),
    x: { title: x, step: null },
    y: { title: y, logarithmic: true, fromZero: false },
  };
}
