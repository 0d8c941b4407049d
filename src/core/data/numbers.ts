/**
 * What a cell says as a number. The mark of decimals is decided once per file (decimal.ts); thousands marks, currency,
 * percent, brackets and suffixes are read cell by cell. A percentage keeps the unit it is written in: `1.5%` is 1.5.
 */
export type DecimalMark = '.' | ',';

/** What one cell tells of the file's decimal mark. `open…`: one mark before exactly three digits, `1.234` or `1,234`. */
export const Evidence = { none: 0, openPoint: 1, openComma: 2, point: 3, comma: 4 } as const;
export type Evidence = (typeof Evidence)[keyof typeof Evidence];

const suffixes: Record<string, number> = {
  k: 1e3,
  m: 1e6,
  mm: 1e6,
  mn: 1e6,
  b: 1e9,
  bn: 1e9,
  t: 1e12,
  tn: 1e12,
  'tsd.': 1e3,
  tsd: 1e3,
  'mio.': 1e6,
  mio: 1e6,
  'mrd.': 1e9,
  mrd: 1e9,
  천: 1e3,
  만: 1e4,
  백만: 1e6,
  억: 1e8,
  조: 1e12,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  百万: 1e6,
  亿: 1e8,
  億: 1e8,
  兆: 1e12,
};

const currency =
  /[\p{Sc}₩]|\b(?:US|A|C|NZ|HK|R)(?=\$)|(?:USD|EUR|GBP|JPY|KRW|CNY|CHF|BRL|INR|SEK|NOK|DKK|PLN|CZK|HUF|RUB|AUD|CAD|KČ|ZŁ|FR\.|KR\.?|RS\.?|R\$)(?![A-Z])|[원円元株股手주]$/giu;
const spaces = /[\s\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]/g;
const apostrophes = /(?<=\d)['’‘´`](?=\d{3}(?!\d))/g;
const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;
/** Thousands marks and nothing else out of the ordinary: the commonest of what is not plain, so read without a closer look. */
const thousands = { '.': /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/, ',': /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/ };
const indian = /^\d{1,2}(?:,\d{2})+,\d{3}$/;
const spaceGroups = /^[^\d]*\d{1,3}(?:[\s\u00a0\u2007\u2009\u202f]\d{3})+(?!\d)/;

/** A cell taken apart: sign and factor, and the digits with their marks. */
interface Anatomy {
  digits: string;
  exponent: string;
  factor: number;
}

/** null: not a number in any reading. */
function anatomy(cell: string): Anatomy | null {
  let text = cell.trim();
  if (text.length > 64) return null;
  if (/[\u2000-\uffff]/.test(text)) text = text.normalize('NFKC').replace(/[−‒–]/g, '-');
  let factor = 1;
  if (/[^\d.,+\-eE]/.test(text)) text = text.replace(currency, '').trim();
  const bracketed = /^\(([^()]+)\)$/.exec(text) ?? /^([^()]+)\(-\)$/.exec(text);
  if (bracketed) {
    factor = -1;
    text = bracketed[1]!;
  }
  if (/\d[\s\u00a0\u2007\u2009\u202f]/.test(text) && spaceGroups.test(text)) text = text.replace(spaces, '');
  text = text
    .replace(/^(?:-(?=-\d)|([+-])[\s\u00a0]+)/, '$1')
    .replace(/[\s\u00a0]+([^\s\d]*)$/, '$1')
    .trim();
  const tail = /[^\d.,]+$/.exec(text);
  if (tail && /^[-+%‰a-z\u3131-\u318e가-힣百千万萬亿億兆.]+$/i.test(tail[0])) {
    const ending = tail[0].trim().toLowerCase();
    if (ending === '-') factor = -factor;
    else if (Object.hasOwn(suffixes, ending)) factor *= suffixes[ending]!;
    else if (ending !== '%' && ending !== '‰') return null;
    text = text.slice(0, tail.index).trim();
  } else if (/(?:tsd|mio|mrd)\.$/i.test(text)) {
    factor *= suffixes[text.slice(-4).toLowerCase()]!;
    text = text.slice(0, -4).trim();
  }
  const parts = /^([+-]?)([\d.,'’‘´`]+)(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (!parts) return null;
  if (parts[1] === '-') factor = -factor;
  const digits = parts[2]!.replace(apostrophes, '');
  return /\d/.test(digits) && !/['’‘´`]/.test(digits) ? { digits, exponent: parts[3] ?? '0', factor } : null;
}

function evidenceOf(digits: string): Evidence | null {
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points === 0 && commas === 0) return Evidence.none;
  if (points > 0 && commas > 0) {
    const pointLast = digits.lastIndexOf('.') > digits.lastIndexOf(',');
    if (pointLast ? points > 1 : commas > 1) return null;
    return pointLast ? Evidence.point : Evidence.comma;
  }
  if (points + commas > 1) {
    if (grouped.test(digits)) return points > 0 ? Evidence.comma : Evidence.point;
    return indian.test(digits) ? Evidence.point : null;
  }
  const open = grouped.test(digits) && !digits.startsWith('0');
  if (points > 0) return open ? Evidence.openPoint : Evidence.point;
  return open ? Evidence.openComma : Evidence.comma;
}

/** What the cell tells of the decimal mark; null when it is not a number in any reading. */
export function decimalEvidence(cell: string): Evidence | null {
  const found = anatomy(cell);
  return found && evidenceOf(found.digits);
}

/** The number a cell says, given the file's decimal mark; NaN when it says none. Infinity when it is too large to say. */
export function readNumber(cell: string, mark: DecimalMark): number {
  if (thousands[mark].test(cell)) {
    return Number(mark === '.' ? cell.replaceAll(',', '') : cell.replaceAll('.', '').replace(',', '.'));
  }
  const found = anatomy(cell);
  if (!found) return infinityOf(cell);
  const [whole = '', ...rest] = found.digits.split(mark);
  if (rest.length > 1) return Number.NaN;
  const other = mark === '.' ? ',' : '.';
  const fraction = rest[0] ?? '';
  if (fraction.includes(other)) return Number.NaN;
  if (whole.includes(other) && !(grouped.test(whole) || (other === ',' && indian.test(whole)))) return Number.NaN;
  const value = Number(`${whole.replaceAll(other, '') || '0'}.${fraction || '0'}e${found.exponent}`);
  return scaled(value, found.factor);
}

/** Multiplying by a power of ten rounds twice; through its decimal spelling it rounds once. */
function scaled(value: number, factor: number): number {
  if (factor === 1 || factor === -1) return value * factor;
  const product = Number(`${value}e${Math.round(Math.log10(Math.abs(factor)))}`);
  return factor < 0 ? -product : product;
}

function infinityOf(cell: string): number {
  const found = /^([+-]?)(?:inf|infinity|∞)$/i.exec(cell.trim());
  if (!found) return Number.NaN;
  return found[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Powers of ten that doubles hold exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const minus = 45;
/** A sign, 15 digits and a mark: what the quick way reads. */
const longestPlain = 17;
const codes = new Uint8Array(longestPlain + 1);
const read = new Float64Array(1);

/** The quick way (`numberAt`) for a cell; NaN: look closer. */
export function plainNumber(cell: string, mark: number): number {
  const { length } = cell;
  if (length > longestPlain) return Number.NaN;
  for (let i = 0; i < length; i++) codes[i] = Math.min(cell.charCodeAt(i), 127);
  codes[length] = 0;
  return numberAt(codes, 0, mark, read, 0) === length ? read[0]! : Number.NaN;
}

/**
 * The quick way for the cells most files are made of: a sign, up to 15 digits, a decimal mark (its character code; 0:
 * none is known yet), as ASCII from `from` on. The number goes into `into[place]`, NaN where there is none or it has to
 * be looked at more closely; so that no number is made for itself.
 * Digits as one whole number divided by a power of ten: both are exact, so that the quotient is rounded once and is the
 * double nearest to what is written. Source: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990.
 * @returns position of the first byte that is not part of the number
 */
export function numberAt(bytes: Uint8Array, from: number, mark: number, into: Float64Array, place: number): number {
  let at = from;
  let code = bytes[at]!;
  const negative = code === minus;
  if (negative) code = bytes[++at]!;
  const start = at;
  let digits = 0;
  let pointAt = -1;
  for (; ; code = bytes[++at]!) {
    if (code >= 48 && code <= 57) digits = digits * 10 + code - 48;
    else if (code === mark && code !== 0 && pointAt < 0) pointAt = at;
    else break;
  }
  const written = at - start - (pointAt < 0 ? 0 : 1);
  const value = pointAt < 0 || at - 1 === pointAt ? digits : digits / exactPowers[Math.min(at - 1 - pointAt, 22)]!;
  into[place] = written > 15 || written <= 0 ? Number.NaN : negative ? -value : value;
  return at;
}
