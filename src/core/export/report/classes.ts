import { stretches } from '../../draw/stretches';
import type { ComparedModel } from '../../forecast/compare';
import type { ComparedClasses } from '../../forecast/compare/classes';
import { millisecondsOf } from '../../format';
import type { ClassBalance } from '../../run';
import type { Told } from '.';
import { classWords } from './class-words';
import { firstRuns } from './figures';
import { type Html, html } from './html';
import { wide } from './tables';

/** What the report shows of models whose answer is a class, beside what it shows of every model. */

/** Each judged row's class in its time, above it the actual ones; null without the answers. */
export function stripsFigure(told: Told): Html | null {
  const { comparison, words } = told;
  const firsts = firstRuns(told.runs, comparison).flatMap(({ test }, i) =>
    test?.classes ? [{ name: comparison.models[i]!.name, test, labels: test.classes.labels }] : [],
  );
  const [leading] = firsts;
  if (!leading || firsts.length < comparison.models.length) return null;
  // codes are each run's own: one colour to a class, whichever run says it
  const colourOf = (label: string | undefined) => `var(--class-${leading.labels.indexOf(label ?? '') % 8})`;
  const strip = (name: string, codes: Float64Array, labels: string[]) => {
    const pieces = stretches(Array.from(codes)).map(
      ({ from, length, code }) =>
        html`<rect x="${from}" width="${length}" height="1" fill="${colourOf(labels[code])}"/>`,
    );
    return html`<span>${name}</span><svg viewBox="0 0 ${codes.length} 1" preserveAspectRatio="none" role="img" aria-label="${name}">${pieces}</svg>\n`;
  };
  const keys = leading.labels.map(
    (label) => html`<span class="key"><i style="background:${colourOf(label)}"></i>${label}</span>\n`,
  );
  return html`<div class="strips">${strip(words.actual, leading.test.actual, leading.labels)}
${firsts.map(({ name, test, labels }) => strip(name, test.values, labels))}<span></span><p>${keys}</p></div>`;
}

/** Of each model what was against what it told. */
export function confusionTables({ comparison, language, format }: Told): Html {
  const own = classWords[language];
  const table = ({ name }: ComparedModel, { perClass, confusion }: ComparedClasses) => {
    const most = Math.max(1, ...confusion.flat());
    const rows = perClass.map(
      ({ name: label, precision, recall, f1 }, v) =>
        html`<tr><th scope="row">${label}</th>${confusion[v]!.map((count, told) => html`<td class="${told === v ? 'right' : 'wrong'}" style="--share:${(count / most).toFixed(3)}">${format.integer(count)}</td>`)}
<td>${format.percent(precision, 1)}</td><td>${format.percent(recall, 1)}</td><td>${format.percent(f1, 1)}</td></tr>\n`,
    );
    return html`<table class="confusion"><thead><tr><th scope="col">${name}</th>${perClass.map(({ name: label }) => html`<th scope="col">${label}</th>`)}
<th scope="col">${own.precision}</th><th scope="col">${own.recall}</th><th scope="col">F1</th></tr></thead><tbody>${rows}</tbody></table>`;
  };
  const several = comparison.models.some(({ seeds }) => seeds.length > 1);
  const unseen = Math.max(0, ...comparison.models.map(({ classes, seeds }) => (classes?.unseen ?? 0) / seeds.length));
  const caption = [own.confusionCaption(several), ...(unseen > 0 ? [own.unseen(format.integer(unseen))] : [])];
  return html`${comparison.models.map((model) => model.classes && wide(table(model, model.classes)))}
<p class="muted">${caption.join(' ')}</p>`;
}

/** The class after the end by the run of each model's first seed. */
export function classForecastTable(told: Told): Html {
  const { comparison, words, format, language } = told;
  const own = classWords[language];
  const firsts = firstRuns(told.runs, comparison).map(({ record }, i) => ({
    name: comparison.models[i]!.name,
    record,
    classes: record.classes!,
  }));
  const names = [...new Set(firsts.flatMap(({ classes }) => classes.names))];
  const rows = firsts.flatMap(({ name, record, classes }) =>
    classes.forecast.map(({ step, time, class: label, probabilities }) => {
      const when = time
        ? format.moment(millisecondsOf(time), record.dataset.frequency.step, !time.includes('T'))
        : step === 0
          ? own.lastRow
          : `+${step}`;
      return html`<tr><th scope="row">${name}</th><td>${when}</td><td class="word"><b>${label}</b></td>${names.map((wanted) => html`<td>${format.percent(probabilities[classes.names.indexOf(wanted)] ?? null, 1)}</td>`)}</tr>\n`;
    }),
  );
  return wide(html`<table><thead><tr><th scope="col">${words.columns.model}</th><th scope="col">${words.time}</th><th scope="col" class="word">${own.class}</th>
${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`);
}

/** Rows of each class in the three parts. */
export function balanceTable({ words, language, format }: Told, balance: ClassBalance): Html {
  const parts = [balance.train, balance.validation, balance.test];
  const rows = balance.classes.map(
    (label, v) =>
      html`<tr><th scope="row">${label}</th>${parts.map((part) => html`<td>${format.integer(part[v] ?? 0)}</td>`)}</tr>\n`,
  );
  const { train, validation, test } = words.parts;
  return wide(html`<table><thead><tr><th scope="col">${classWords[language].balance}</th>${[train, validation, test].map((part) => html`<th scope="col">${part}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`);
}
