import { curveName } from '../../data/curves';
import { explain, type Language } from '../../errors';
import { baselineNames } from '../../forecast/baseline-names';
import { type ComparedRun, compareRuns, type RunComparison } from '../../forecast/compare';
import { isUntested, seenTogether } from '../../forecast/compare/targets';
import { Formatter, millisecondsOf } from '../../format';
import type { ClassReport, RunRecord, Verdict } from '../../run';
import { commandsOf } from '../command-line';
import { classWords } from './class-words';
import { balanceTable, classForecastTable, confusionTables, stripsFigure } from './classes';
import { forecastsFigure, lossFigure, stepsFigure } from './figures';
import { type Html, html, raw } from './html';
import { style } from './style';
import { forecastTable, modelsTable, settingsTable, testsTable } from './tables';
import { type ReportWords, reportWords } from './words';

/** A run as the report takes it: `times [windows × steps]` of its forecasts as text, empty without dates. */
export interface ReportRun extends ComparedRun {
  times: string[];
}

/** What every part of the report is told. */
export interface Told {
  runs: ReportRun[];
  comparison: RunComparison;
  language: Language;
  words: ReportWords;
  format: Formatter;
  baselineName(name: string): string;
}

/**
 * Runs side by side as one HTML file that needs nothing: no network, no script. It shows the verdict, tables, charts,
 * data, settings, and the command lines that repeat it.
 *
 * @param made the program's version and the moment, ISO 8601
 * @param wanted of several targets the one it is about
 */
export function reportOf(
  all: ReportRun[],
  language: Language,
  made: { version: string; at: string },
  wanted: string | null = null,
): string {
  const { runs, target } = seenTogether(all, wanted);
  const comparison = compareRuns(runs, language, target);
  const words = reportWords[language];
  const format = new Formatter(language === 'ko' ? 'ko-KR' : 'en-US');
  const baselineName = (name: string) => baselineNames[language][name] ?? name;
  const told: Told = { runs, comparison, language, words, format, baselineName };
  const { record } = runs[0]!;
  const title = words.title(comparison.models.map(({ name }) => name).join(', '), forecastOf(record));
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="muted">${about(told, record)}</p>
${verdictOf(told)}
${section(words.models, modelsTable(told))}
${record.classes && section(classWords[language].confusion, confusionTables(told))}
${comparison.tests.length > 0 && section(words.tests, testsTable(told))}
${isUntested(comparison, runs) && html`<p class="muted">${words.untested}</p>`}
${figures(told)}
${record.forecast.length > 0 && section(words.forecast, forecastTable(told))}
${record.classes && section(classWords[language][isLastRow(record.classes) ? 'now' : 'next'], classForecastTable(told))}
${section(words.data, dataOf(told, record))}
${section(words.settings, settingsTable(told))}
${section(words.repeat, repeatOf(told))}
</main>
<footer>${words.made(made.version, format.moment(Date.parse(made.at), 'minute', false))} UTC</footer>
</body>
</html>
`;
  return page.text;
}

/** Where every step has a class, that of the last row is the newest there is. */
const isLastRow = ({ forecast }: ClassReport): boolean => forecast.every(({ step }) => step === 0);

const section = (title: string, content: Html): Html => html`<section><h2>${title}</h2>${content}</section>`;

/** What a run forecasts: its column, or the columns of its curve. */
const forecastOf = ({ dataset, settings: { outputs } }: RunRecord): string =>
  outputs.length > 0 ? curveName(outputs) : dataset.target;

/** A path says more of a person than of the data: the file's own name is enough. */
export const fileOf = ({ dataset: { file } }: RunRecord): string =>
  file.startsWith('example:') ? file : file.replace(/^.*[/\\]/, '');

function about({ words, format }: Told, record: RunRecord): string {
  const { rows, frequency } = record.dataset;
  const step = words.every(frequency.every, frequency.step);
  return [fileOf(record), words.rows(format.integer(rows)), step, rangeOf(format, record.dataset)]
    .filter(Boolean)
    .join(' · ');
}

/** From the first day to the last; nothing without dates. */
export function rangeOf(format: Formatter, { start, end }: { start: string | null; end: string | null }): string {
  return start && end ? format.range(millisecondsOf(start), millisecondsOf(end), 'day') : '';
}

/** A verdict in this language, baselines by the names they have in its tables. */
export function verdictIn(
  { language, baselineName }: Pick<Told, 'language' | 'baselineName'>,
  { code, facts }: Verdict,
): string {
  const named = Object.entries(facts).map(([key, fact]) => [
    key,
    key === 'baseline' ? baselineName(String(fact)) : fact,
  ]);
  return explain(code, Object.fromEntries(named), language).message;
}

function verdictOf(told: Told): Html {
  const { verdict, objections } = told.comparison;
  const said = verdict ? verdictIn(told, verdict) : told.words.noVerdict;
  const lines = objections.map(({ code, facts }) => {
    const { message, remedy } = explain(code, facts, told.language);
    return html`<li>${message} <span class="muted">${remedy}</span></li>\n`;
  });
  return html`<p class="verdict ${verdict?.beatsNaive ? 'good' : ''}">${said}</p>
${lines.length > 0 && html`<ul class="objections">${lines}</ul>`}`;
}

function figures(told: Told): Html {
  const { words } = told;
  const own = classWords[told.language];
  const drawn = (svg: string | null) => svg && raw(svg);
  const all: [Html | string | null, string, string][] = [
    [drawn(forecastsFigure(told)), words.forecasts, words.forecastsCaption],
    [stripsFigure(told), own.strips, own.stripsCaption],
    [drawn(stepsFigure(told)), words.steps, ''],
    [drawn(lossFigure(told)), words.loss, words.lossCaption],
  ];
  return html`${all.map(([figure, title, caption]) => figure && section(title, html`<figure>${figure}<figcaption>${caption}</figcaption></figure>`))}`;
}

function dataOf(told: Told, record: RunRecord): Html {
  const { words, format } = told;
  const { dataset, split } = record;
  const { reading } = dataset;
  const part = (name: 'train' | 'validation' | 'test') =>
    [words.rows(format.integer(split[name].rows)), rangeOf(format, split[name])].filter(Boolean).join(', ');
  const read = Object.entries(reading).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const facts: [string, string][] = [
    [words.file, fileOf(record)],
    [words.target, forecastOf(record)],
    [words.range, rangeOf(format, dataset)],
    ...(['train', 'validation', 'test'] as const).map((name): [string, string] => [words.parts[name], part(name)]),
    [words.reading, read.join(', ')],
    [words.fingerprint, dataset.sha256],
  ];
  return html`<dl>${facts.map(([term, fact]) => fact && html`<dt>${term}</dt><dd>${fact}</dd>\n`)}</dl>${record.classes && balanceTable(told, record.classes.balance)}`;
}

function repeatOf({ words, runs, comparison }: Told): Html {
  const bare = runs.map(({ record }) => {
    const { path: _, ...dataset } = record.dataset;
    return { ...record, dataset: { ...dataset, file: fileOf(record) } };
  });
  const commands = comparison.models.flatMap(({ runs: own }) => commandsOf(bare.filter(({ id }) => own.includes(id))));
  return html`<p class="muted">${words.repeatWhat}</p>${commands.map((command) => html`<pre>${command}</pre>\n`)}`;
}
