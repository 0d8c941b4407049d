import { rowsRead } from '../../forecast/apply';
import { targetsOf } from '../../forecast/targets';
import { shapeOf } from '../../forecast/tasks';
import { quantilesOf } from '../../nn/model';
import type { Edge, RunRecord } from '../../run';
import { ofCurves } from '../../task-kinds';
import { conformalEnds, type Ends, quantileEnds, rowsForBands } from './bands';
import { classRows, telling } from './classes';
import { GraphWriter } from './graph';
import { slice, swapped } from './layers';
import { network } from './networks';
import { storedArrays, valuesOf } from './parameters';
import { preparedKnown, preparedValues, rawValues, restoredValues } from './preparation';
import { rolledOut } from './rollout';
import type { Proto } from './schema';

/**
 * A run as one graph that takes raw values and gives forecasts in the same units:
 *
 *   x         float [N][rows][columns]    the last `rows` rows of the columns, target first, as they are in the file
 *   known     float [N][ahead][columns]   only with columns known ahead: their values as they are in the file
 *   calendar  float [N][ahead][pairs]     only with calendar features (forecast/calendar-features.ts)
 *   horizon   int64 []                    only of the autoregressive task: how many steps to forecast
 *
 *   forecast, lower80, upper80, lower95, upper95   float [N][steps]
 *
 * Row i of `known` and `calendar` belongs to the row `first_step` after row i of the last lookback rows of x; there are
 * `lookback` of them, and where steps are made one after another as many more as steps less one.
 *
 * Of curves (outputs in the row itself) x is [N][1][inputs], the row that is read, and there is no `known`.
 *
 * Of several targets, the first columns of x, the second has outputs of its own, `forecast_2` to `upper95_2`, and so on.
 *
 * `rows` is the lookback with what differences reach back to, or what the bands look back on where that is more. Bands are
 * NaN where the run could promise none.
 */
export type Exportable = Pick<RunRecord, 'model' | 'settings' | 'preparation' | 'bands' | 'targets'>;

/** Rows of x. */
export const graphRows = (record: Exportable): number =>
  record.model.classes
    ? classRows(record)
    : Math.max(rowsRead(record), ...targetsOf(record).map(({ bands }) => rowsForBands(bands)));

/** What the outputs of a target end in: nothing for the first, _2 for the second. */
export const endingOf = (column: number): string => (column === 0 ? '' : `_${column + 1}`);

/** Operators as of 2021, which onnxruntime and Netron have read since 1.12 and 5.9. */
export const opset = 17;
const irVersion = 8;

/** What a file says of itself. */
export interface Described {
  version: string;
  metadata: Record<string, string>;
  text: string;
}

/** @param weights flat, in the order of the model's parameter table */
export function onnxModel(record: Exportable, weights: Float32Array, described: Described): Proto<'ModelProto'> {
  const g = new GraphWriter();
  for (const stored of storedArrays(record.model)) g.parameter(stored.name, stored.dims, valuesOf(stored, weights));
  if (record.model.classes) telling(g, record);
  else if (ofCurves(record.settings)) curves(g, record);
  else forecasting(g, record);
  return modelOf(g.graph('forecast'), described);
}

/** A graph as a whole file. */
export function modelOf(graph: Proto<'GraphProto'>, { version, metadata, text }: Described): Proto<'ModelProto'> {
  return {
    irVersion: BigInt(irVersion),
    producerName: 'Unroll',
    producerVersion: version,
    docString: text,
    graph,
    opsetImport: [{ domain: '', version: BigInt(opset) }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  };
}

/**
 * Of curves (forecast/curves.ts): x [N][1][inputs] is the row that is read, beside every step of the decoder too; the window's
 * own column is the start sign, 0.
 */
function curves(g: GraphWriter, record: Exportable): void {
  const { model, settings, preparation } = record;
  const [target, ...columns] = preparation.columns;
  const names = columns.map(({ name }) => name).join(', ');
  const x = g.input('x', 'float', ['N', 1, columns.length], `A row of: ${names}`);
  const row = swapped(g, 'row', g.op('Cast', 'row_prepared', [preparedKnown(g, x, columns)], { to: 1 }));
  const steps = settings.horizon;
  const parts = [g.op('Tile', 'row_of_each_step', [row, g.ints(steps, 1, 1)])];
  const features = model.D - preparation.columns.length;
  if (features > 0)
    parts.push(
      swapped(
        g,
        'calendar_first',
        g.input('calendar', 'float', ['N', steps, features], 'Sine and cosine of the calendar'),
      ),
    );
  const ahead = parts.length > 1 ? g.op('Concat', 'ahead', parts, { axis: 2 }) : parts[0]!;
  const one = slice(g, 'first_input', row, 2, 0, 1);
  const window = g.op('Sub', 'start_sign', [one, one]);
  const made = g.op('Gather', 'target_outputs', [network(g, model, { window, ahead, T: 1 }, 1), g.int(0)], { axis: 3 });
  const scaled = g.op('Cast', 'outputs_exact', [made], { to: 11 });
  const restored = restoredValues(g, scaled, target!, '', { rows: 1, firstStep: 1, steps });
  give(
    g,
    endsOf(g, record, restored, () => '', steps),
    steps,
  );
}

/** The whole way of the values through the graph. */
function forecasting(g: GraphWriter, record: Exportable): void {
  const { settings, preparation } = record;
  const { judged } = shapeOf(settings);
  const rows = graphRows(record);
  const columns = preparation.columns.filter(({ known }) => !known);
  const names = columns.map(({ name }) => name).join(', ');
  const x = g.input('x', 'float', ['N', rows, columns.length], `The last ${rows} rows of: ${names}`);
  const raw = rawValues(g, x, columns);
  const prepared = preparedValues(g, raw.level, columns, { rows, T: settings.lookback });
  const { scaledOf, steps } = scaledForecast(g, record, prepared);
  targetsOf(record).forEach(({ name, bands }, i) => {
    const target = (values: string, what: string) => g.op('Gather', what, [values, g.int(i)], { axis: 2 });
    const levels = target(raw.level, 'target_levels');
    const ahead = { rows, firstStep: judged.firstStep, steps };
    const restored = restoredValues(g, scaledOf(i), columns[i]!, levels, ahead);
    const ends = endsOf(g, { model: record.model, bands }, restored, () => target(raw.values, 'target_values'), steps);
    give(g, ends, steps, i === 0 ? null : { ending: endingOf(i), name });
  });
}

function give(
  g: GraphWriter,
  ends: Ends,
  steps: number | string,
  further: { ending: string; name: string } | null = null,
): void {
  for (const [name, text] of Object.entries(outputs)) {
    const value = ends[name as keyof Ends];
    if (value === undefined) continue;
    const called = `${name}${further?.ending ?? ''}`;
    const said = further ? `${text}: ${further.name}` : text;
    g.output(g.op('Cast', `${called}_single`, [value], { to: 1 }), called, 'float', ['N', stepsAxis(steps)], said);
  }
}

/** [N][Q][K] of a target by its column, prepared, double. */
function scaledForecast(
  g: GraphWriter,
  record: Exportable,
  prepared: string,
): { scaledOf: (column: number) => string; steps: number | string } {
  const { model, settings, preparation } = record;
  const T = settings.lookback;
  const last = preparation.scale === 'window' ? slice(g, 'last_rows', prepared, 1, T - 1) : null;
  const centred = last === null ? prepared : g.op('Sub', 'centred', [prepared, last]);
  const fed = swapped(g, 'fed', g.op('Cast', 'network_inputs', [centred], { to: 1 }));
  const ahead = knownAhead(g, record);
  if (settings.task === 'autoregressive') {
    const horizon = g.input('horizon', 'int64', [], 'How many steps to forecast');
    const far = last === null ? null : g.op('Squeeze', 'last_values', [last, g.ints(1)]);
    const targets = 1 + settings.also.length;
    const rolled = rolledOut(g, model, { window: fed, far, ahead, T }, horizon, targets);
    return { scaledOf: (column) => slice(g, 'target_rolled_out', rolled, 1, column, column + 1), steps: horizon };
  }
  const { steps } = shapeOf(settings);
  const targets = model.O / quantilesOf(model) / steps;
  const outputs = network(g, model, { window: fed, ahead, T }, targets);
  const scaledOf = (column: number) => {
    const made = g.op('Gather', 'target_outputs', [outputs, g.int(column)], { axis: 3 });
    const exact = g.op('Cast', 'outputs_exact', [made], { to: 11 });
    if (last === null) return exact;
    return g.op('Add', 'uncentred', [exact, slice(g, 'last_target', last, 2, column, column + 1)]);
  };
  return { scaledOf, steps };
}

/**
 * Rows of what is known ahead that a forecast of K steps reads: beside each row read, and beside each step but the first that
 * is made one after another.
 */
export function aheadRows({ settings }: Pick<Exportable, 'settings'>, steps = settings.horizon): number {
  const { task, lookback } = settings;
  return lookback + (['autoregressive', 'seq2seq', 'one-to-many'].includes(task) ? steps - 1 : 0);
}

/** [rows][N][known], prepared: columns declared so from their own units, and the calendar as it is. */
function knownAhead(g: GraphWriter, record: Exportable): string | null {
  const { model, settings, preparation } = record;
  const columns = preparation.columns.filter(({ known }) => known);
  const features = model.D - preparation.columns.length;
  const rows = settings.task === 'autoregressive' ? 'ahead_rows' : aheadRows(record);
  const parts: string[] = [];
  if (columns.length > 0) {
    const names = columns.map(({ name }) => name).join(', ');
    const known = g.input('known', 'float', ['N', rows, columns.length], `What is known ahead: ${names}`);
    parts.push(g.op('Cast', 'known_prepared', [preparedKnown(g, known, columns)], { to: 1 }));
  }
  if (features > 0) parts.push(g.input('calendar', 'float', ['N', rows, features], 'Sine and cosine of the calendar'));
  if (parts.length === 0) return null;
  return swapped(g, 'ahead', parts.length > 1 ? g.op('Concat', 'ahead_columns', parts, { axis: 2 }) : parts[0]!);
}

function endsOf(
  g: GraphWriter,
  { model, bands }: Pick<Exportable, 'model' | 'bands'>,
  restored: string,
  target: () => string,
  steps: number | string,
): Ends {
  if (quantilesOf(model) > 1) return quantileEnds(g, restored);
  const forecast = g.op('Squeeze', 'forecast_exact', [restored, g.ints(1)]);
  return bands ? conformalEnds(g, forecast, target(), bands, steps) : { forecast };
}

const stepsAxis = (steps: number | string): number | string => (typeof steps === 'number' ? steps : 'steps');

const outputs: Record<'forecast' | Edge, string> = {
  forecast: "Forecast in the target's units",
  lower80: 'Lower end of the 80% band',
  upper80: 'Upper end of the 80% band',
  lower95: 'Lower end of the 95% band',
  upper95: 'Upper end of the 95% band',
};
