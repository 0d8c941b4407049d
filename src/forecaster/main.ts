import { formatTime } from '../core/data/civil';
import type { Frame, Question, ReadingChoices } from '../core/data/frame';
import { explain, LabError } from '../core/errors';
import { type Allowances, applyModel, type TargetForecast } from '../core/forecast/apply';
import { baselineNames } from '../core/forecast/baseline-names';
import { applyClasses } from '../core/forecast/classes/apply';
import { modelName } from '../core/forecast/compare/differing';
import { targetsOf } from '../core/forecast/targets';
import { Formatter } from '../core/format';
import type { ForecastPoint } from '../core/run';
import { ofCurves } from '../core/task-kinds';
import { chartOf } from './chart';
import { classAnswer } from './classes';
import { button, type Child, element } from './elements';
import { dropping, fileField } from './files';
import { carriedModel, pageEngine } from './model';
import { pasteAtOnce } from './paste';
import { type Given, readGiven } from './read';
import { cell, saveText } from './save';
import { type Tells, wordsFor } from './words';

/**
 * One file that forecasts: a model and what it needs to be used, for whoever has a browser. A table is pasted, dropped or
 * chosen, and the dated forecast stands below it. Nothing is fetched, nothing leaves the page (its own policy forbids it).
 */
const language = navigator.language.startsWith('ko') ? 'ko' : 'en';
const words = wordsFor(language);
const format = new Formatter(navigator.language || 'en');
const { description, weights } = carriedModel();
const { settings, dataset, split } = description;
const curves = ofCurves(settings);
/** What is forecast: of several targets every one, of classes the labels. */
const targets = description.classes ? [settings.target] : targetsOf(description).map(({ name }) => name);
/** Place of the target that is shown. */
let chosen = 0;
const tells = tellsOf();
const main = document.querySelector('main')!;
const control = {
  breathe: async () => {},
  now: () => performance.now(),
  stopping: false,
  whileAllowed: async () => {},
};

let given: Given | null = null;
let choices: ReadingChoices = {};
let allowed: Allowances = {};

const judgedLine = element('p');
const answer = element('section', { 'aria-live': 'polite' });
const field = element('textarea', { id: 'table', spellcheck: 'false', placeholder: sample(), wrap: 'off' });
field.addEventListener('input', () => take({ name: words.pasted, content: new Blob([field.value]) }));
pasteAtOnce(field);

function tellsOf(): Tells {
  if (curves) return 'curve';
  const { task } = settings;
  return task === 'labelling' ? 'label' : task === 'classify' ? 'class' : task === 'direction' ? 'direction' : 'ahead';
}

/** The header a table needs, and a row. */
function sample(): string {
  const numbers = description.preparation.columns.filter(({ known }) => !curves || known).map(({ name }) => name);
  const columns = settings.task === 'classify' ? [settings.target, ...numbers] : numbers;
  const header = [...(dataset.dateColumn ? [dataset.dateColumn] : []), ...columns];
  const row = [...(dataset.dateColumn ? [dataset.end ?? ''] : []), ...columns.map(() => '…')];
  return `${words.example}\n\n${header.join(',')}\n${row.join(',')}`;
}

function take(next: Given): void {
  given = next.content.size > 0 ? next : null;
  choices = {};
  allowed = {};
  void show();
}

let shown = 0;
/** Reads and forecasts; of several that overlap the last one counts. */
async function show(): Promise<void> {
  const turn = ++shown;
  const content = given ? await answerTo(given).catch(trouble) : [];
  if (turn === shown) answer.replaceChildren(...content);
}

async function answerTo(source: Given): Promise<Child[]> {
  const { frame, inspection } = await readGiven(source, description, choices);
  if (inspection.question) return asked(inspection.question);
  const engine = await pageEngine();
  const last = inspection.end ? plainTime(inspection.end) : words.row(format.integer(inspection.rows));
  const read = element('p', {}, words.after(inspection.file, format.integer(inspection.rows), last));
  if (description.classes) {
    const told = await applyClasses({ record: description, weights }, frame!, allowed, engine, control);
    const share = (value: number) => format.percent(value, 1);
    return [read, ...classAnswer(told, description.classes.names, { words, moment: momentOf, share })];
  }
  const told = await applyModel({ record: description, weights }, frame!, allowed, engine, control);
  const shown = element('div');
  const draw = () => shown.replaceChildren(picture(frame!, told[chosen]!.forecast), tableOf(told[chosen]!.forecast));
  draw();
  return [
    read,
    ...(targets.length > 1 ? [targetChoice(draw)] : []),
    shown,
    element(
      'div',
      { class: 'row' },
      button(words.save, () => save(told)),
      button(words.print, () => print()),
    ),
  ];
}

/** Which of several targets is shown. */
function targetChoice(draw: () => void): Node {
  const select = element(
    'select',
    { id: 'target' },
    ...targets.map((name, i) => element('option', { value: String(i) }, name)),
  );
  select.value = String(chosen);
  select.addEventListener('change', () => {
    chosen = Number(select.value);
    judgedLine.textContent = judged();
    draw();
  });
  return element('div', { class: 'row' }, element('label', { for: 'target' }, words.target), select);
}

/** A refusal in words, and buttons that lift it where a person may. */
function trouble(thrown: unknown): Child[] {
  if (!(thrown instanceof LabError)) return [alarm(`${words.broken}: ${thrown}`)];
  const { message, remedy } = explain(thrown.code, thrown.facts, language);
  const ways = waysOut(thrown);
  const text = ways.length > 0 ? message : `${message} ${remedy.replaceAll(/,? [^,.]*--[a-z].*/g, '.')}`;
  return [alarm(text), element('div', { class: 'row' }, ...ways)];
}

const alarm = (text: string) => element('p', { role: 'alert' }, text);

function waysOut({ code, facts }: LabError): HTMLButtonElement[] {
  const allow = (label: string, more: Allowances) =>
    button(label, () => {
      allowed = { ...allowed, ...more };
      void show();
    });
  if (code === 'predict.similar-column')
    return [
      allow(words.use(String(facts.near)), {
        columns: { ...allowed.columns, [String(facts.column)]: String(facts.near) },
      }),
    ];
  if (code === 'predict.missing-column')
    return String(facts.columns)
      .split(', ')
      .filter((name) => name !== '')
      .slice(0, 12)
      .map((name) => allow(words.use(name), { columns: { ...allowed.columns, [String(facts.column)]: name } }));
  if (code === 'predict.frequency') return [allow(words.anyway, { anyFrequency: true })];
  if (code === 'predict.missing-value')
    return (['leave-out', 'carry-forward', 'interpolate'] as const).map((missing) =>
      allow(words.missing[missing], { missing }),
    );
  return [];
}

/** What choice of the reading each question is about. */
const questions: Record<string, keyof ReadingChoices> = {
  'data.date-order-open': 'dateOrder',
  'data.decimal-open': 'decimal',
  'data.long-format': 'series',
};

function asked({ code, facts, choices: offered }: Question): Child[] {
  const answers = offered.slice(0, 20).map(({ label, value }) =>
    button(label, () => {
      choices = { ...choices, [questions[code]!]: value };
      void show();
    }),
  );
  return [alarm(explain(code, facts, language).message), element('div', { class: 'row' }, ...answers)];
}

const momentOf = (time: string | null, step: number): string =>
  time === null
    ? `+${step}`
    : format.moment(
        Date.parse(`${time.slice(0, 19)}${time.length > 10 ? 'Z' : ''}`),
        time.length > 10 && curves ? 'hour' : dataset.frequency.step,
        time.length <= 10,
      );

/** Without dates steps of several curves are told apart by their rows. */
const whenOf = ({ time, step, row }: ForecastPoint): string =>
  `${time === null && row !== undefined ? `${words.row(format.integer(row))}, ` : ''}${momentOf(time, step)}`;

/** A time as files write it, without the T, and without seconds where there are none. */
const plainTime = (time: string): string => time.replace('T', ' ').replace(/( \d\d:\d\d):00$/, '$1');

function picture(frame: Frame, points: ForecastPoint[]): Node {
  if (curves) return curvePicture(points.slice(0, settings.horizon));
  const { name } = description.preparation.columns[chosen]!;
  const column = frame.columns.find((one) => one.name === (allowed.columns?.[name] ?? name));
  const values = column?.kind === 'number' ? column.values : new Float64Array();
  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
  const kept = rows.slice(-Math.max(30, Math.min(200, Math.max(settings.lookback, 3 * settings.horizon))));
  const at = (row: number) =>
    frame.times ? momentOf(formatTime(frame.times[row]!, frame.dateOnly), 0) : words.row(format.integer(row + 1));
  const last = points.at(-1)!;
  return chartOf({
    known: kept.map((row) => values[row]!),
    points,
    ends: [at(kept[0]!), at(kept.at(-1)!), momentOf(last.time, last.step)],
    width: main.clientWidth,
    label: words.chart(targets[chosen]!),
    number: (value) => format.short(value, 6),
  });
}

/** The first curve, with nothing before it. */
function curvePicture(points: ForecastPoint[]): Node {
  return chartOf({
    known: [],
    points,
    ends: [whenOf(points[0]!), '', whenOf(points.at(-1)!)],
    width: main.clientWidth,
    label: words.curve(targets[chosen]!),
    number: (value) => format.short(value, 6),
  });
}

const bandEnds = ['lower80', 'upper80', 'lower95', 'upper95'] as const;

function tableOf(points: ForecastPoint[]): Node {
  const digits = 1 + Math.max(3, Math.ceil(Math.log10(Math.max(1, ...points.map(({ value }) => Math.abs(value))))));
  const number = (value: number | null) =>
    value === null ? '–' : element('data', { value: String(value) }, format.significant(value, digits));
  const head = [words.time, words.forecast, words.band('80%'), words.band('95%')];
  const spans = ['1', '1', '2', '2'];
  return element(
    'div',
    { class: 'rows' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, ...head.map((text, i) => element('th', { scope: 'col', colspan: spans[i]! }, text))),
      ),
      element(
        'tbody',
        {},
        ...points.map((point) =>
          element(
            'tr',
            {},
            element('td', {}, element('time', point.time === null ? {} : { datetime: point.time }, whenOf(point))),
            element('td', { class: 'value' }, number(point.value)),
            ...bandEnds.map((end) => element('td', {}, number(point[end]))),
          ),
        ),
      ),
    ),
  );
}

/** All targets, each line with its own where there are several. */
function save(told: TargetForecast[]): void {
  const several = told.length > 1;
  const lines = told.flatMap(({ target, forecast }) =>
    forecast.map((p) =>
      [
        ...(several ? [cell(target)] : []),
        ...(curves ? [p.row ?? ''] : []),
        ...[p.step, p.time ?? '', p.value],
        ...bandEnds.map((end) => p[end] ?? ''),
      ].join(),
    ),
  );
  const head = `${several ? 'target,' : ''}${curves ? 'row,' : ''}step,time,forecast,${bandEnds.join()}`;
  saveText(`${head}\n${lines.join('\n')}\n`, 'forecast.csv');
}

const takeFile = (file: File) => take({ name: file.name, content: file });

function judged(): string {
  if (description.classes) {
    const { accuracy, n } = description.classes.metrics.test;
    const other = (wanted: string) => description.baselines.find(({ name }) => name === wanted);
    const share = (name: string) => format.percent(other(name)?.classMetrics?.test.accuracy ?? null, 1);
    const others = { majority: share('majority'), persistence: share('persistence') };
    return words.told(format.percent(accuracy, 1), format.integer(n), others, tells);
  }
  const { metrics, baselines } = description.targets?.[chosen] ?? description;
  const { mae, n } = metrics.test;
  const kind = !curves ? 'last' : baselines.some(({ name }) => name === 'mean-curve') ? 'before' : 'mean';
  const naive = baselines.find(({ name }) => name === 'naive')?.metrics.test.mae ?? null;
  const said = words.judged(format.significant(mae), format.significant(naive), format.integer(n), kind);
  const errorOf = (one: (typeof baselines)[number]) => one.metrics.test.mae ?? Number.POSITIVE_INFINITY;
  const [best] = baselines.toSorted((a, b) => errorOf(a) - errorOf(b));
  if (!best || errorOf(best) >= (naive ?? Number.POSITIVE_INFINITY)) return said;
  const name = baselineNames[language][best.name] ?? best.name;
  return `${said} ${words.bestPlain(name, format.significant(errorOf(best)))}`;
}

function begin(): void {
  const { step, every } = dataset.frequency;
  const spell = (count: number) => words.steps[step](format.integer(count * every));
  document.documentElement.lang = language;
  document.title = words.title(targets.join(', '), tells);
  judgedLine.textContent = judged();
  main.dataset.cell = description.cell;
  main.append(
    element('h1', {}, document.title),
    element(
      'p',
      {},
      words.trained({
        model: modelName(description),
        lookback: curves ? words.steps.index(format.integer(1)) : spell(settings.lookback),
        tells,
        horizon: curves ? words.values(format.integer(settings.horizon)) : spell(settings.horizon),
        rows: format.integer(split.train.rows),
        from: split.train.start && plainTime(split.train.start),
        to: split.train.end && plainTime(split.train.end),
      }),
    ),
    judgedLine,
    element(
      'section',
      { class: 'enter' },
      element('label', { for: 'table' }, words.paste),
      field,
      element(
        'div',
        { class: 'row' },
        fileField(words.choose, '.csv,.tsv,.txt,text/csv', takeFile),
        element('span', { class: 'hint' }, words.drop),
      ),
    ),
    answer,
    element('footer', {}, words.offline),
  );
  dropping(takeFile);
}

begin();
