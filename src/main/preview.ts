import { formatTime } from '../core/data/calendar';
import type { Column, Frame } from '../core/data/frame';

const previewRows = 8;

/** The first rows as text, header first: what a person compares with the file. */
export function previewOf(frame: Frame): string[][] {
  const rows = Array.from({ length: Math.min(previewRows, frame.rows) }, (_, row) =>
    frame.columns.map((column) => cell(column, row, frame.dateOnly)),
  );
  return [frame.columns.map(({ name }) => name), ...rows];
}

function cell(column: Column, row: number, dateOnly: boolean): string {
  switch (column.kind) {
    case 'number':
      return Number.isNaN(column.values[row]!) ? '' : String(column.values[row]);
    case 'text':
      return column.labels[column.codes[row]!] ?? '';
    case 'date':
      return Number.isNaN(column.times[row]!) ? '' : formatTime(column.times[row]!, dateOnly);
    case 'empty':
      return '';
  }
}
