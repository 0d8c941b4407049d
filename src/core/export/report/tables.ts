import { dashes } from '../../draw/dashes';
import type { ComparedModel, ComparedScore } from '../../forecast/compare';
import { comparedClassScores } from '../../forecast/compare/classes';
import { millisecondsOf } from '../../format';
import type { Baseline, Spread } from '../../run';
import { settingLabels, valueWord } from '../../setting-words';
import type { Settings } from '../../settings';
import { rangeOf, type Told } from '.';
import { classWords } from './class-words';
import { linesOf } from './figures';
import { type Html, html } from './html';

/** The report's tables. */
/** Spreads are written with two digits, for they are no better known. */
type Written = (value: number | null, digits?: number) => string;
type Cell = (model: ComparedModel) => Html | string;
/** A score of models and of baselines. */
interface Score {
  head: string;
  of(model: ComparedModel): Spread;
  simple(baseline: Baseline): number | null;
  written: Written;
}

function valueScores({ words, format }: Told): Score[] {
  const plain: Written = (value, digits = 4) => format.significant(value, digits);
  const share: Written = (value) => format.percent(value, 1);
  const scores: [ComparedScore, Written][] = [
    ...(['mae', 'rmse', 'mase'] as const).map((score): [ComparedScore, Written] => [score, plain]),
    ...(['skill', 'direction', 'coverage95'] as const).map((score): [ComparedScore, Written] => [score, share]),
  ];
  return scores.map(([score, written]) => ({
    head: words.columns[score],
    of: ({ scores: own }) => own[score],
    simple: ({ metrics }) => metrics.test[score],
    written,
  }));
}

function classScores({ language, format }: Told): Score[] {
  const plain: Written = (value, digits = 4) => format.significant(value, digits);
  const share: Written = (value) => format.percent(value, 1);
  return comparedClassScores.map((score) => ({
    head: classWords[language].columns[score],
    of: ({ classes }) => classes?.scores[score] ?? { mean: null, deviation: null },
    simple: ({ classMetrics }) => classMetrics?.test[score] ?? null,
    written: score === 'crossEntropy' ? plain : share,
  }));
}

const spreadOf = ({ mean, deviation }: Spread, written: Written): Html =>
  html`${written(mean)}${deviation !== null && html` <small>± ${written(deviation, 2)}</small>`}`;

export function modelsTable(told: Told): Html {
  const { comparison, words, format, runs } = told;
  const drawn = linesOf(comparison.models);
  const { record } = runs[0]!;
  const scores = record.classes ? classScores(told) : valueScores(told);
  const further: [string, Cell][] = [
    [words.columns.parameters, ({ parameters }) => format.integer(parameters)],
    [
      words.columns.time,
      ({ seconds }) => spreadOf(seconds, (value) => (value === null ? '–' : format.duration(value))),
    ],
    [words.columns.speed, ({ samplesPerSecond }) => format.short(Math.round(samplesPerSecond.mean ?? Number.NaN), 3)],
    [words.columns.bestEpoch, ({ bestEpoch }) => spreadOf(bestEpoch, (value) => format.short(value ?? Number.NaN, 3))],
  ];
  const models = comparison.models.map(
    (model, i) => html`<tr><th scope="row">${swatch(drawn[i]!.colour, drawn[i]!.dash)}${model.name}</th>
<td>${model.seeds.join(', ')}</td>${scores.map(({ of, written }) => html`<td>${spreadOf(of(model), written)}</td>`)}
${further.map(([, cell]) => html`<td>${cell(model)}</td>`)}</tr>\n`,
  );
  const baseline = (one: Baseline) =>
    html`<tr class="baseline"><th scope="row">${swatch('var(--naive)', dashes.naive)}${told.baselineName(one.name)}</th>
<td></td>${scores.map(({ simple, written }) => html`<td>${written(simple(one))}</td>`)}
${further.map(() => html`<td></td>`)}</tr>\n`;
  const range = rangeOf(format, record.split.test);
  const caption = record.classes ? classWords[told.language].modelsCaption : words.modelsCaption;
  const heads = [words.columns.seeds, ...scores.map(({ head }) => head), ...further.map(([head]) => head)];
  return wide(html`<table><thead><tr><th scope="col">${words.columns.model}</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${models}${comparison.baselines.map(baseline)}</tbody>
<caption>${caption(format.integer(record.metrics.test.n), range && ` (${range})`)}</caption></table>`);
}

const swatch = (colour: string, dash: number[]): Html =>
  html`<span class="swatch"><svg viewBox="0 0 22 4" aria-hidden="true"><line x1="0" x2="22" y1="2" y2="2" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash.join(' ')}"/></svg></span>`;

export const wide = (table: Html): Html => html`<div class="wide">${table}</div>`;

export function testsTable({ comparison, words: all, language, format, baselineName }: Told): Html {
  const classes = comparison.models.some((model) => model.classes);
  const words = { ...all, ...(classes && classWords[language]) };
  const rows = comparison.tests.map(({ first, second, difference, statistic, p, adjusted, real }) => {
    const other = second ?? baselineName(comparison.reference);
    const finding = real ? words.better(difference < 0 ? first : other) : words.chance;
    return html`<tr><th scope="row">${first}</th><td class="word">${other}</td><td>${classes ? format.signedPercent(difference) : format.significant(difference)}</td>
<td>${format.number(statistic, 2)}</td><td>${format.probability(p)}</td><td>${format.probability(adjusted)}</td><td class="word">${finding}</td></tr>\n`;
  });
  return wide(html`<table><thead><tr><th scope="col">${all.columns.model}</th><th scope="col" class="word">${words.against}</th>
<th scope="col">${words.difference}</th><th scope="col">${words.statistic}</th><th scope="col">${words.p}</th>
<th scope="col">${words.adjusted}</th><th scope="col" class="word">${words.finding}</th></tr></thead>
<tbody>${rows}</tbody><caption>${words.testsCaption}</caption></table>`);
}

const mostSteps = 60;

/** Past the end of the data, the run of each model's first seed. */
export function forecastTable({ comparison, runs, words, format }: Told): Html {
  const models = comparison.models.map(({ name, runs: [id] }) => ({
    name,
    record: runs.find(({ record }) => record.id === id)!.record,
  }));
  const { forecast, dataset } = models[0]!.record;
  const rows = forecast.slice(0, mostSteps).map(({ step, time }, k) => {
    const when = time ? format.moment(millisecondsOf(time), dataset.frequency.step, !time.includes('T')) : `+${step}`;
    const cells = models.map(({ record }) => {
      const point = record.forecast[k];
      const band =
        point?.lower80 != null && point.upper80 != null
          ? html` <small>(${format.significant(point.lower80, 5)} – ${format.significant(point.upper80, 5)})</small>`
          : '';
      return html`<td>${format.significant(point?.value ?? null, 5)}${band}</td>`;
    });
    return html`<tr><th scope="row">${when}</th>${cells}</tr>\n`;
  });
  const rest = forecast.length - mostSteps;
  return wide(html`<table><thead><tr><th scope="col">${words.time}</th>${models.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody><caption>${words.forecastCaption} ${rest > 0 && words.more(format.integer(rest))}</caption></table>`);
}

/** Every setting as it was used, those in which the models differ first. */
export function settingsTable({ comparison, runs, words, language }: Told): Html {
  const labelOf = (name: string) => settingLabels[language][name as keyof Settings] ?? name;
  const told = (value: unknown) => valueWord(shown(value), language);
  const differing = new Map(comparison.differing.map(({ setting, values }) => [setting as string, values]));
  const { settings } = runs[0]!.record;
  const others = Object.entries(settings).filter(
    ([name]) => !differing.has(name) && name !== 'models' && name !== 'seed',
  );
  const heads = comparison.models.map(({ name }) => html`<th scope="col" class="word">${name}</th>`);
  const differ = html`<table><thead><tr><th scope="col">${words.setting}</th>${heads}</tr></thead><tbody>
${[...differing].map(([name, values]) => html`<tr class="differs"><th scope="row">${labelOf(name)}</th>${values.map((value) => html`<td class="word">${told(value)}</td>`)}</tr>\n`)}
</tbody></table><p class="muted">${words.same}</p>`;
  return html`${differing.size > 0 && wide(differ)}
<dl class="settings">${others.map(([name, value]) => html`<div><dt>${labelOf(name)}</dt><dd>${told(value)}</dd></div>\n`)}</dl>`;
}

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(', ') || '–' : String(value ?? '–'));
