/** Dates whose parts stand in several columns: year, month, day, hour; or a date and a clock. */
export interface DateSource {
  /** Positions of the columns, and what is put between their cells to make one text. */
  columns: number[];
  before: string[];
  name: string;
}

const partNames: [RegExp, string][] = [
  [/^(?:year|yr|yyyy|연도|년도|년|jahr|ano|año|an|anno|年)$/i, ''],
  [/^(?:month|mon|mo|mm|월|monat|mes|mês|mois|mese|月)$/i, '-'],
  [/^(?:day|dd|일|tag|dia|día|jour|giorno|日)$/i, '-'],
  [/^(?:hour|hr|hh|시|시간|stunde|hora|heure|ora|時|时)$/i, ' '],
  [/^(?:minute|min|분|minuto|分)$/i, ':'],
];
const clockName = /^(?:time|clock|시간|시각|체결시간|hora|uhrzeit|zeit|heure|ora|時刻|時間|时间|<?time>?)$/i;

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
  return { columns, before, name: columns.map((column) => names[column]).join('+') };
}

/** A column of clocks beside the column of dates. */
export function clockBeside(date: number, names: string[], samples: string[][]): DateSource | null {
  if (samples[date]!.some((cell) => cell.includes(':'))) return null;
  const clock = names.findIndex(
    (name, column) =>
      column !== date &&
      clockName.test(name.trim()) &&
      samples[column]!.length > 0 &&
      samples[column]!.every((cell) => /^\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]m)?\s*$/i.test(cell)),
  );
  if (clock < 0) return null;
  return { columns: [date, clock], before: ['', ' '], name: `${names[date]}+${names[clock]}` };
}

/** One text from the parts; a year and month alone are of the month's first day. */
export function joinParts(source: DateSource, cells: string[]): string {
  if (source.columns.length === 1) return cells[source.columns[0]!] ?? '';
  let text = '';
  for (let i = 0; i < source.columns.length; i++) text += source.before[i]! + (cells[source.columns[i]!] ?? '').trim();
  if (source.before[1] !== '-') return text;
  if (source.columns.length === 2) return `${text}-1`;
  return source.columns.length === 4 ? `${text}:00` : text;
}
