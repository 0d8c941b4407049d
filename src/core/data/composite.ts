/** Dates whose parts stand in several columns: year, month, day, hour; or a date and a clock. */
export interface DateSource {
  /** Positions of the columns, and what is put between their cells to make one text. */
  columns: number[];
  before: string[];
  name: string;
  /** The second column is a clock. */
  clock: boolean;
}

const partNames: [RegExp, string][] = [
  [/^(?:year|yr|yyyy|연도|년도|년|jahr|ano|año|an|anno|年)$/i, ''],
  [/^(?:month|mon|mo|mm|월|monat|mes|mês|mois|mese|月)$/i, '-'],
  [/^(?:day|dd|일|tag|dia|día|jour|giorno|日)$/i, '-'],
  [/^(?:hour|hr|hh|시|시간|stunde|hora|heure|ora|時|时)$/i, ' '],
  [/^(?:minute|min|분|minuto|分)$/i, ':'],
];
const clockName =
  /^<?(?:time|clock|hhmm(?:ss)?|시간|시각|체결시간|hora|uhrzeit|zeit|heure|ora|時刻|時間|时间)>?(?:\s*\(.*\))?$/i;
const hourName = /^(?:hour|hr|hh|시|시간대?|stunde|hora|heure|ora|時|时)$/i;
const nameless = /^Column \d+$/;
const spelledClock = /^\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*$/i;
const digitClock = /^\s*(?:[01]?\d|2[0-4])(?:[0-5]\d(?:[0-5]\d)?)\s*$/;

/** Year and month at least, each a column of whole numbers. */
export function splitDate(names: string[], samples: string[][]): DateSource | null {
  const columns: number[] = [];
  const before: string[] = [];
  for (const [pattern, mark] of partNames) {
    const column = names.findIndex((name) => pattern.test(name.trim()));
    if (column < 0 || !samples[column]!.every((cell) => /^\s*\d{1,4}\s*$/.test(cell))) break;
    columns.push(column);
    before.push(mark);
  }
  if (columns.length < 2) return null;
  return { columns, before, name: columns.map((column) => names[column]).join('+'), clock: false };
}

/** A column of clocks (9:30, 0930, 93000) or of hours beside the column of dates. */
export function clockBeside(date: number, names: string[], samples: string[][]): DateSource | null {
  const dates = samples[date]!;
  if (dates.some((cell) => cell.includes(':'))) return null;
  const repeating = new Set(dates).size < dates.length;
  const clock = names.findIndex((name, column) => {
    const cells = samples[column]!;
    if (column === date || cells.length === 0) return false;
    const every = (shape: RegExp) => cells.every((cell) => shape.test(cell));
    if (clockName.test(name.trim()) && (every(spelledClock) || (repeating && every(digitClock)))) return true;
    if (hourName.test(name.trim())) return repeating && every(/^\s*(?:[01]?\d|2[0-4])\s*$/);
    return nameless.test(name) && cells.some((cell) => cell.includes(':')) && every(spelledClock);
  });
  if (clock < 0) return null;
  return { columns: [date, clock], before: ['', ' '], name: `${names[date]}+${names[clock]}`, clock: true };
}

/** One text from the parts; a year and month alone are of the month's first day. */
export function joinParts(source: DateSource, cells: string[]): string {
  const { columns, before } = source;
  if (columns.length === 1) return cells[columns[0]!] ?? '';
  if (source.clock) return `${(cells[columns[0]!] ?? '').trim()} ${clockText((cells[columns[1]!] ?? '').trim())}`;
  let text = '';
  for (let i = 0; i < columns.length; i++) text += before[i]! + (cells[columns[i]!] ?? '').trim();
  if (columns.length === 2) return `${text}-1`;
  return columns.length === 4 ? `${text}:00` : text;
}

/** Any clock with colons: 9.30.00 → 9:30:00, 930 → 9:30, 93000 → 9:30:00, 9 → 9:00. */
function clockText(cell: string): string {
  if (cell.includes(':')) return cell;
  if (cell.includes('.')) return cell.replaceAll('.', ':');
  if (cell.length <= 2) return `${cell}:00`;
  const digits = cell.padStart(cell.length <= 4 ? 4 : 6, '0');
  return digits.replace(/(\d\d)(?=\d)/g, '$1:');
}
