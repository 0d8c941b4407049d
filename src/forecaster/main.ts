import { formatTime } from '../core/data/civil';
import type { Frame, Question, ReadingChoices } from '../core/data/frame';
import { explain, LabError } from '../core/errors';
import { type Allowances, applyModel } from '../core/forecast/apply';
import { applyClasses } from '../core/forecast/classes/apply';
import { Formatter } from '../core/format';
import type { ForecastPoint } from '../core/run';
import { ofCurves } from '../core/task-kinds';
import { chartOf } from './chart';
import { classAnswer } from './classes';
import { button, type Child, element } from './elements';
import { carriedModel, pageEngine } from './model';
import { pasteAtOnce } from './paste';
import { type Given, readGiven } from './read';
import { saveText } from './save';
import { type Tells, wordsFor } from './words';

/**
 * One file that forecasts: a model and what it needs to be used, for whoever has a browser. A table is pasted, dropped or
 * chosen, and the dated forecast stands below it. Nothing is fetched, nothing leaves the page (its own policy forbids it).
 */
const language = navigator.language.startsWith('ko') ? 'ko' : 'en';
const words = wordsFor(language);
const format = new Formatter(navigator.language || 'en');
const { description, weights } = carriedModel();
const { settings, dataset, metrics, split } = description;
const curves = ofCurves(settings);
const target = curves ? description.preparation.columns[0]!.name : settings.target;
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
  const columns = settings.task === 'classify' ? [target, ...numbers] : numbers;
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
  const points = await applyModel({ record: description, weights }, frame!, allowed, engine, control);
  return [
    read,
    picture(frame!, points),
    tableOf(points),
    element(
      'div',
      { class: 'row' },
      button(words.save, () => save(points)),
      button(words.print, () => print()),
    ),
  ];
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
  const { name } = description.preparation.columns[0]!;
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
    label: words.chart(target),
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
    label: words.curve(target),
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

function save(points: ForecastPoint[]): void {
  const rows = (p: ForecastPoint) => (curves ? [p.row ?? ''] : []);
  const lines = points.map((p) =>
    [...rows(p), p.step, p.time ?? '', p.value, ...bandEnds.map((end) => p[end] ?? '')].join(),
  );
  const text = `${curves ? 'row,' : ''}step,time,forecast,${bandEnds.join()}\n${lines.join('\n')}\n`;
  saveText(text, 'forecast.csv');
}

function fileField(): Node {
  const input = element('input', { type: 'file', accept: '.csv,.tsv,.txt,text/csv' });
  input.addEventListener('change', () => takeFile(input.files?.[0]));
  return element('label', { class: 'file' }, words.choose, input);
}

function takeFile(file: File | undefined): void {
  if (file) take({ name: file.name, content: file });
}

function dropping(): void {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.classList.add('over');
  });
  document.addEventListener('dragleave', () => document.body.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.classList.remove('over');
    takeFile(event.dataTransfer?.files[0]);
  });
}

function judged(): string {
  const of = (wanted: string) => description.baselines.find(({ name }) => name === wanted);
  if (description.classes) {
    const { accuracy, n } = description.classes.metrics.test;
    const other = (name: string) => format.percent(of(name)?.classMetrics?.test.accuracy ?? null, 1);
    const others = { majority: other('majority'), persistence: other('persistence') };
    return words.told(format.percent(accuracy, 1), format.integer(n), others, tells);
  }
  const { mae, n } = metrics.test;
  const kind = !curves ? 'last' : of('mean-curve') ? 'before' : 'mean';
  const naive = of('naive')?.metrics.test.mae ?? null;
  return words.judged(format.significant(mae), format.significant(naive), format.integer(n), kind);
}

function begin(): void {
  const { step, every } = dataset.frequency;
  const spell = (count: number) => words.steps[step](format.integer(count * every));
  document.documentElement.lang = language;
  document.title = words.title(target, tells);
  main.dataset.cell = description.cell;
  main.append(
    element('h1', {}, document.title),
    element(
      'p',
      {},
      words.trained({
        model: description.name.toUpperCase(),
        lookback: curves ? words.steps.index(format.integer(1)) : spell(settings.lookback),
        tells,
        horizon: curves ? words.values(format.integer(settings.horizon)) : spell(settings.horizon),
        rows: format.integer(split.train.rows),
        from: split.train.start && plainTime(split.train.start),
        to: split.train.end && plainTime(split.train.end),
      }),
    ),
    element('p', {}, judged()),
    element(
      'section',
      { class: 'enter' },
      element('label', { for: 'table' }, words.paste),
      field,
      element('div', { class: 'row' }, fileField(), element('span', { class: 'hint' }, words.drop)),
    ),
    answer,
    element('footer', {}, words.offline),
  );
  dropping();
}

begin();
