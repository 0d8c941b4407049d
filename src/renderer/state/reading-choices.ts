import type { DatasetView } from '../../core/protocol';
import type { Messages } from '../messages';

/** A decision about how the file is read, what was found, and what else may be chosen. */
export interface ReadingChoice {
  key: 'encoding' | 'delimiter' | 'decimal' | 'dateOrder' | 'headerLine' | 'asMissing';
  read: string;
  options: [string, string][];
}

/** Lines offered for the header. */
const headerLines = 12;
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'euc-kr', 'shift_jis', 'gbk', 'windows-1252'];
const otherEncodings = ['windows-1250', 'windows-1251', 'windows-1254'];

export function readingChoices(dataset: DatasetView, t: Messages, integer: (n: number) => string): ReadingChoice[] {
  const { inspection, reading } = dataset;
  const { delimiters, orders, point, comma, noHeader } = t.reading;
  const lines = Array.from({ length: Math.max(headerLines, inspection.headerLine) + 1 }, (_, line) => line);
  const all: ReadingChoice[] = [
    {
      key: 'encoding',
      read: inspection.encoding,
      options: [...encodings, ...otherEncodings].map((name) => [name, name]),
    },
    {
      key: 'delimiter',
      read: inspection.delimiter,
      options: [
        [',', delimiters.comma],
        [';', delimiters.semicolon],
        ['\t', delimiters.tab],
        ['|', delimiters.pipe],
        [' ', delimiters.blank],
      ],
    },
    {
      key: 'decimal',
      read: inspection.decimal,
      options: [
        ['.', point],
        [',', comma],
      ],
    },
    {
      key: 'dateOrder',
      read: inspection.dateFormat ?? '',
      options: (['ymd', 'dmy', 'mdy'] as const).map((order) => [order, orders[order]]),
    },
    {
      key: 'headerLine',
      read: String(inspection.headerLine),
      options: lines.map((line) => [String(line), line === 0 ? noHeader : integer(line)]),
    },
    {
      key: 'asMissing',
      read: noHeader,
      options: missingNumbers(dataset).map((list) => [list, list.replaceAll(',', ', ')]),
    },
  ];
  return all.filter(({ key, options }) => key !== 'asMissing' || options.length > 0 || reading.asMissing);
}

/** Lists of numbers that may stand for a missing value: those chosen to, and with them those that were found. */
function missingNumbers({ inspection, reading }: DatasetView): string[] {
  const found = inspection.problems
    .filter(({ code }) => code === 'data.sentinel')
    .map(({ facts }) => Number(facts.value));
  const chosen = reading.asMissing ?? [];
  const lists = [chosen, [...new Set([...chosen, ...found])]].map((list) => list.join(','));
  return [...new Set(lists)].filter((list) => list !== '');
}
