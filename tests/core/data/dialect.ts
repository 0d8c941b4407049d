/** A table written the way one program or country writes it. */
export interface Dialect {
  delimiter: ',' | ';' | '\t' | '|';
  decimal: '.' | ',';
  /** Between groups of three digits; '' for none. */
  thousands: string;
  lineEnd: '\n' | '\r\n' | '\r';
  quoted: 'all' | 'where needed';
  bom: boolean;
  finalLineEnd: boolean;
  dates: 'iso' | 'dmy' | 'mdy' | 'compact' | 'korean';
  descending: boolean;
  missing: '' | 'NA' | 'null' | '-';
}

export interface Table {
  names: string[];
  /** [rows] days since 1970. */
  days: number[];
  /** [columns][rows] */
  values: (number | null)[][];
}

const two = (value: number) => String(value).padStart(2, '0');

function writeDate(day: number, dates: Dialect['dates']): string {
  const date = new Date(day * 86_400_000);
  const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  if (dates === 'iso') return `${y}-${two(m)}-${two(d)}`;
  if (dates === 'dmy') return `${two(d)}/${two(m)}/${y}`;
  if (dates === 'mdy') return `${two(m)}/${two(d)}/${y}`;
  return dates === 'compact' ? `${y}${two(m)}${two(d)}` : `${y}년 ${m}월 ${d}일`;
}

function writeNumber(value: number | null, { decimal, thousands, missing }: Dialect): string {
  if (value === null) return missing;
  const [whole = '', fraction] = Math.abs(value).toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${value < 0 ? '-' : ''}${grouped}${decimal}${fraction}`;
}

/** The table as text in the dialect: the writer whose files must read back equal. */
export function write(table: Table, dialect: Dialect): string {
  const needsQuotes = (cell: string) => cell.includes(dialect.delimiter) || /["\r\n]/.test(cell);
  const quote = (cell: string) =>
    dialect.quoted === 'all' || needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const rows = table.days.map((day, row) => [
    writeDate(day, dialect.dates),
    ...table.values.map((column) => writeNumber(column[row]!, dialect)),
  ]);
  if (dialect.descending) rows.reverse();
  const lines = [['Date', ...table.names], ...rows].map((cells) => cells.map(quote).join(dialect.delimiter));
  return (dialect.bom ? '\ufeff' : '') + lines.join(dialect.lineEnd) + (dialect.finalLineEnd ? dialect.lineEnd : '');
}
