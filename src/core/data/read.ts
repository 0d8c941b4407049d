import { LabError } from '../errors';
import { assemble } from './assemble';
import { chooseEncoding, LineDecoder, stretches } from './bytes';
import { conclude } from './conclude';
import { quoteOf, splitSample } from './csv';
import { delimiterNamed, sniffDelimiter } from './delimiter';
import type { Encoding } from './encoding';
import type { Reading, ReadingChoices } from './frame';
import { timesAcross } from './header-names';
import { refuseImpostor } from './impostors';
import { limits } from './limits';
import { Preview } from './preview';
import { Problems } from './problems';
import { RowReader } from './rows';
import { findShape } from './shape';
import { TableBuilder } from './table';
import { type Layout, understand } from './understand';

/** What reading needs of its host: to be told how far it is, to let others work, and to be stopped. */
export interface ReadingHooks {
  onProgress?(bytes: number, rows: number): void;
  breathe(): Promise<void>;
  readonly stopping: boolean;
}
export interface FileFacts {
  name: string;
  bytes: number;
}

/**
 * Reads a file of rows into a frame. What is left open is decided on the first megabyte and proved or corrected by the
 * rest; the file is read once. Bad cells and rows become problems, a doubt becomes a question (and no frame), and a
 * file that is no table is refused.
 * @throws LabError data.*
 */
export async function readTable(
  chunks: AsyncIterable<Uint8Array>,
  file: FileFacts,
  choices: ReadingChoices,
  hooks: ReadingHooks,
): Promise<Reading> {
  try {
    return await read(chunks, file, choices, hooks);
  } catch (error) {
    if (!(error instanceof LabError) || error.file !== null) throw error;
    throw new LabError(error.code, error.facts, { file: file.name, line: error.line ?? undefined });
  }
}

async function read(
  chunks: AsyncIterable<Uint8Array>,
  file: FileFacts,
  choices: ReadingChoices,
  hooks: ReadingHooks,
): Promise<Reading> {
  if (file.bytes > limits.fileBytes) throw tooLarge(file.bytes);
  const source = stretches(chunks);
  const head = await source.next();
  if (head.done) throw new LabError('data.empty');
  refuseImpostor(head.value);
  const whole = head.value.length < limits.sampleBytes;
  const opened = open(head.value, whole, choices);
  const problems = new Problems();
  const preview = new Preview();
  const table = new TableBuilder(opened.layout, problems, preview, expectedRows(opened, head.value.length, file));
  const reader = new RowReader(opened, table);
  await pour(head.value, source, opened, reader, table, hooks);
  tellOpening(opened, reader.decoder, problems);
  const assembled = assemble(table, opened.layout, choices, problems);
  return conclude({ file, opened, choices, problems, preview, assembled });
}

/** Rows prepared for on the word of a file's size alone. */
const mostExpected = 4_000_000;

/** Rows the whole file likely has, from those of its first stretch; a little more, so that arrays seldom grow. */
function expectedRows({ rowsSeen }: Opened, bytesSeen: number, { bytes }: FileFacts): number {
  const rows = (rowsSeen * Math.max(bytes, bytesSeen)) / Math.max(1, bytesSeen);
  return Math.ceil(Math.min(rows * 1.25, mostExpected)) + 16;
}

/** A file of which the first stretch has been looked at. */
export interface Opened {
  encoding: Encoding;
  delimiter: string;
  /** The mark around cells. */
  quote: string;
  layout: Layout;
  /** Rows of the first stretch. */
  rowsSeen: number;
}

function open(head: Uint8Array, whole: boolean, choices: ReadingChoices): Opened {
  const encoding = chooseEncoding(head, choices);
  const decoder = new LineDecoder(encoding);
  const text = decoder.push(head.subarray(encoding.bom), false).replace(/^\ufeff/, '');
  if (text.trim() === '') throw new LabError('data.empty');
  const declared = /^"?sep=(.)"?[^\S\n]*\n/i.exec(text)?.[1];
  const sampleText = declared ? text.slice(text.indexOf('\n')) : text;
  const delimiter = delimiterNamed(choices.delimiter) ?? declared ?? sniffDelimiter(sampleText, whole);
  const quote = quoteOf(sampleText);
  const sample = splitSample(sampleText, delimiter, whole, quote);
  const shape = findShape(sample, choices.headerLine);
  if (!shape && !whole) throw new LabError('data.long-row', { line: 1, characters: text.length }, { line: 1 });
  if (!shape) {
    const line = Math.max(1, choices.headerLine ?? 1);
    throw new LabError('data.header-only', { line }, { line });
  }
  if (shape.width > limits.columns) {
    throw new LabError('data.too-many-columns', { columns: shape.width, limit: limits.columns });
  }
  const layout = understand(shape, sample, { delimiter, quote }, choices);
  return { encoding, delimiter, quote, layout, rowsSeen: sample.cells.length };
}

/** The rows of all stretches into the table. */
async function pour(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
  { encoding, layout }: Opened,
  reader: RowReader,
  table: TableBuilder,
  hooks: ReadingHooks,
) {
  const width = layout.columns.length;
  let bytes = 0;
  let breathAt = 0;
  const after = async (read: number, last: boolean) => {
    bytes += read;
    if (bytes > limits.fileBytes) throw tooLarge(bytes);
    if (table.rows * width > limits.cells)
      throw new LabError('data.too-many-cells', { limit: limits.cells, rows: table.rows });
    if (bytes < breathAt && !last) return;
    breathAt = bytes + limits.breathBytes;
    hooks.onProgress?.(bytes, table.rows);
    await hooks.breathe();
    if (hooks.stopping) throw new LabError('data.cancelled');
  };
  reader.push(head.subarray(encoding.bom));
  await after(head.length, false);
  for await (const stretch of rest) {
    reader.push(stretch);
    await after(stretch.length, false);
  }
  reader.finish();
  await after(0, true);
}

function tellOpening({ encoding, layout }: Opened, decoder: LineDecoder, problems: Problems): void {
  const { shape } = layout;
  if (encoding.fallback) problems.note('data.encoding-fallback', { encoding: encoding.name });
  if (decoder.zeros > 0) problems.warn('data.zero-bytes', {}, null, decoder.zeros);
  if (decoder.undecodable > 0)
    problems.warn('data.undecodable', { encoding: encoding.name }, null, decoder.undecodable);
  for (const line of shape.titleLines) problems.note('data.title-lines', {}, line);
  const across = timesAcross(shape.names);
  if (across) problems.warn('data.times-across', across, shape.headerLine);
  if (shape.headerLine === 0) problems.note('data.no-header', {}, 1);
  if (shape.unheaded > 0)
    problems.warn('data.short-header', { cells: shape.unheaded, width: shape.width }, shape.headerLine);
  for (const name of shape.duplicates) problems.note('data.duplicate-name', { column: name }, shape.headerLine);
}

const tooLarge = (bytes: number) => new LabError('data.too-large-file', { bytes, limit: limits.fileBytes });
