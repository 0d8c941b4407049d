import { formatTime } from '../data/civil';
import { bandAround } from '../forecast/intervals';
import type { Series } from '../protocol';
import type { Bands, ForecastPoint, Predictions } from '../run';

/** One model's forecasts of the test part, under the name its column shall have. */
export interface PredictedColumn {
  name: string;
  test: Predictions;
  bands: Bands;
}

/**
 * Forecasts of the test part beside what came: time, actual, a column per model, then per model the ends of its bands,
 * and, where windows forecast several steps, the row each was forecast from (`origin`, 1-based) and the step ahead.
 * Rows follow windows, then steps. Without dates `time` is the row's number, 1-based. All models share the windows.
 */
export function predictionsCsv(series: Pick<Series, 'times' | 'dateOnly'>, models: PredictedColumn[]): string {
  const first = models[0];
  if (!first) return 'time,actual\n';
  const { origins, steps, firstStep, actual } = first.test;
  const header = ['time', 'actual', ...models.map(({ name }) => name)];
  for (const { name } of models) header.push(...bandNames.map((band) => `${name} ${band}`));
  if (steps > 1) header.push('origin', 'step');
  const lines = [header];
  for (let w = 0; w < origins.length; w++)
    for (let k = 0; k < steps; k++) {
      const i = w * steps + k;
      const row = origins[w]! + firstStep + k;
      const line = [timeOf(series, row), written(actual[i]!), ...models.map(({ test }) => written(test.values[i]!))];
      for (const { test, bands } of models) {
        const [lower80, upper80] = bandAround(test.values[i]!, bands.half80[k]!, bands.log);
        const [lower95, upper95] = bandAround(test.values[i]!, bands.half95[k]!, bands.log);
        line.push(...[lower80, upper80, lower95, upper95].map(written));
      }
      if (steps > 1) line.push(String(origins[w]! + 1), String(firstStep + k));
      lines.push(line);
    }
  return text(lines);
}

const bandNames = ['lower80', 'upper80', 'lower95', 'upper95'] as const;

/** Forecasts past the end: step, time, then per model its value and the ends of its bands. */
export function forecastCsv(models: { name: string; forecast: ForecastPoint[] }[]): string {
  const header = [
    'step',
    'time',
    ...models.flatMap(({ name }) => [name, ...bandNames.map((band) => `${name} ${band}`)]),
  ];
  const points = models[0]?.forecast ?? [];
  const lines = points.map(({ step, time }, k) => [
    String(step),
    time ?? '',
    ...models.flatMap(({ forecast }) => {
      const point = forecast[k]!;
      return [point.value, ...bandNames.map((band) => point[band])].map(written);
    }),
  ]);
  return text([header, ...lines]);
}

function timeOf({ times, dateOnly }: Pick<Series, 'times' | 'dateOnly'>, row: number): string {
  return times ? formatTime(times[row]!, dateOnly) : String(row + 1);
}

const written = (value: number | null): string => (value === null || !Number.isFinite(value) ? '' : String(value));

/** Fields in quotes where RFC 4180 asks for them. */
const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
const text = (lines: string[][]): string => `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
