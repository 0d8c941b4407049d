import type { Column, NumberColumn } from './frame';

/** What a column's name says about whether it is what one wants to forecast; the first that fits decides. */
const worth: [RegExp, number][] = [
  [/^prev|^전일\s*종가|^前日終値|^昨收/i, 20],
  [/(?:^|[\s.-])adj(?:usted)?\.?[\s-]*(?:close|price)?\*{0,2}$|^수정\s*종가/i, 90],
  [
    /(?:^|[\s.-])close\b|close\/last|^종가|^체결가|^현재가|^기준가|終値|收盘|收市|^schlu(?:ss|ß)|schlusskurs|^cierre|^fechamento|^cl[oô]ture|^chiusura|^zamkni[eę]cie|^trade price|^(?:último|ultimo|letzter|dernier|zuletzt)/i,
    100,
  ],
  [/^(?:y|target|ot|label)$|목표/i, 88],
  [
    /\bprice\b|^pre[çc]o|^precio|^prezzo|^prix|^preis|^value$|^valor$|^wert$|^kurs$|^rate$|\b(?:nav|last)\b|가격|환율|지수|^price/i,
    80,
  ],
  [
    /vol(?:ume|\.|$)|거래량|거래대금|成交[量额]|出来高|売買|turnover|^umsatz\s*\(|^stück|^stuecke|^wolumen|open\s*int|시가총액|상장주식|shares|market\s*cap/i,
    10,
  ],
  [/change|chg|%|percent|등락|대비|전일|前日比|涨跌|veränderung|variação|var\.?\s*%|dividend|split|배당/i, 8],
  [
    /\bopen(?:ing)?\b|\bhigh\b|\blow\b|^otwarcie|^najwy|^najni|^시가|^고가|^저가|始値|高値|安値|开盘|最高|最低|eröffnung|^hoch$|^tief$|apertura|abertura|máxima|mínima/i,
    40,
  ],
  [
    /sales|count|\bcnt\b|demand|load|passengers|temp|revenue|births|amount|betrag|saldo|매출|판매|수량|기온|수요|합계|consumption|generation|power/i,
    60,
  ],
  [/pm2\.?5|pm10/i, 62],
  [
    /^(?:lat|lon|lng|latitude|longitude|zip|code|코드|year|month|day|hour|minute|weekday|dow|연도|월|일|시|quarter|week)$/i,
    3,
  ],
];

/** Names of columns that only say which row this is. */
const counterName = /^(?:no\.?|nr\.?|#|id|idx|index|row|rownum|seq|번호|순번|연번|num|instant|rec(?:ord)?|level \d+)$/i;
/** Names that say nothing at all; columns with other names, but for an axis, go before them. */
const noName = /^(?:unnamed:?\s*\d*|column \d+)$/i;

/** How far a step of a counter in decimals may be from its mean: 2024.042, 2024.125, 2024.208. */
const rounding = 0.02;
/** Worth of a column that runs in even steps of a fraction: an axis of time, or a straight line. */
const axis = -5;

/** Rows numbered, or an axis of time, in even steps. */
export function isCounter({ values }: NumberColumn): boolean {
  if (values.length < 2) return false;
  const step = (values.at(-1)! - values[0]!) / (values.length - 1);
  if (!(Math.abs(step) > 0)) return false;
  const tolerance = Number.isInteger(step) ? 0 : rounding * Math.abs(step);
  for (let row = 1; row < values.length; row++) {
    if (Math.abs(values[row]! - values[row - 1]! - step) > tolerance) return false;
  }
  return true;
}

/** The column one most likely wants to forecast: by its name first, then by its place; null when there is none. */
export function chooseTarget(columns: Column[], parts: ReadonlySet<string> = new Set()): string | null {
  let best: string | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    if (column.kind !== 'number' || parts.has(column.name)) continue;
    const score = scoreOf(column);
    if (score > most) [best, most] = [column.name, score];
  }
  return best;
}

function scoreOf(column: NumberColumn): number {
  const rows = column.values.length;
  if (column.missing === rows) return -100;
  const byName = worth.find(([pattern]) => pattern.test(nameOf(column)))?.[1] ?? 50;
  const mostlyMissing = column.missing > rows / 2 ? 45 : 0;
  if (byName <= 50 && isCounter(column)) return Number.isInteger(column.values[1]! - column.values[0]!) ? -50 : axis;
  if (counterName.test(nameOf(column))) return -20 - mostlyMissing;
  if (noName.test(nameOf(column))) return -mostlyMissing - (isConstant(column) ? 60 : 0);
  return byName - mostlyMissing - (isConstant(column) ? 60 : 0);
}

/** Some programs write names in angle brackets, and underscores for blanks. */
const nameOf = ({ name }: NumberColumn) =>
  name
    .replace(/^<(.*)>$/, '$1')
    .replaceAll('_', ' ')
    .trim();

function isConstant({ values }: NumberColumn): boolean {
  const first = values.find((value) => !Number.isNaN(value));
  return values.every((value) => Number.isNaN(value) || value === first);
}
