import { LabError } from '../errors';
import { arrangeTable } from './arrange';
import { assemble } from './assemble';
import { chooseEncoding, LineDecoder, stretches } from './bytes';
import { CsvParser, type Rows, splitSample } from './csv';
import { sniffDelimiter } from './delimiter';
import type { Encoding } from './encoding';
import type { Reading, ReadingChoices } from './frame';
import { refuseImpostor } from './impostors';
import { limits } from './limits';
import { Preview } from './preview';
import { Problems } from './problems';
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
  const whole = head.value.length >= file.bytes || head.value.length < limits.sampleBytes;
  const opened = open(head.value, whole, choices);
  const problems = new Problems();
  const preview = new Preview();
  const table = new TableBuilder(opened.layout, problems, preview);
  await pour(source, opened, whole, table, hooks);
  tellOpening(opened, problems);
  return arrangeTable({
    file,
    table,
    opened,
    choices,
    problems,
    preview,
    assembled: assemble(table, opened.layout, choices, problems),
  });
}

/** A file of which the first stretch has been looked at. */
export interface Opened {
  encoding: Encoding;
  decoder: LineDecoder;
  /** The first stretch as text, without Excel's `sep=` line. */
  text: string;
  delimiter: string;
  layout: Layout;
}

function open(head: Uint8Array, whole: boolean, choices: ReadingChoices): Opened {
  const encoding = chooseEncoding(head, choices);
  const decoder = new LineDecoder(encoding);
  const text = decoder.push(head.subarray(encoding.bom), false).replace(/^\ufeff/, '');
  if (text.trim() === '') throw new LabError('data.empty');
  const declared = /^"?sep=(.)"?[^\S\n]*\n/i.exec(text)?.[1];
  const sampleText = declared ? text.slice(text.indexOf('\n')) : text;
  const delimiter = choices.delimiter ?? declared ?? sniffDelimiter(sampleText, whole);
  const sample: Rows = splitSample(sampleText, delimiter, whole);
  const shape = findShape(sample, choices.headerLine);
  if (!shape) throw new LabError('data.header-only', { line: 1 }, { line: 1 });
  const layout = understand(shape, sample, delimiter, choices);
  return { encoding, decoder, text: sampleText, delimiter, layout };
}

/** The text of all stretches through the parser into the table. */
async function pour(
  rest: AsyncGenerator<Uint8Array>,
  opened: Opened,
  whole: boolean,
  table: TableBuilder,
  hooks: ReadingHooks,
) {
  const parser = new CsvParser(opened.delimiter);
  const width = opened.layout.columns.length;
  let bytes = 0;
  const step = async (text: string, last: boolean, read: number) => {
    table.add(parser.push(text, last));
    bytes += read;
    if (bytes > limits.fileBytes) throw tooLarge(bytes);
    if (table.rows * width > limits.cells)
      throw new LabError('data.too-many-cells', { limit: limits.cells, rows: table.rows });
    hooks.onProgress?.(bytes, table.rows);
    await hooks.breathe();
    if (hooks.stopping) throw new LabError('data.cancelled');
  };
  await step(opened.text, false, whole ? 0 : limits.sampleBytes);
  for await (const stretch of rest) await step(opened.decoder.push(stretch, false), false, stretch.length);
  await step(opened.decoder.push(new Uint8Array(), true), true, 0);
}

function tellOpening({ encoding, decoder, layout }: Opened, problems: Problems): void {
  const { shape } = layout;
  if (encoding.fallback) problems.note('data.encoding-fallback', { encoding: encoding.name });
  if (decoder.zeros > 0) problems.warn('data.zero-bytes', {}, null, decoder.zeros);
  if (decoder.undecodable > 0)
    problems.warn('data.undecodable', { encoding: encoding.name }, null, decoder.undecodable);
  for (const line of shape.titleLines) problems.note('data.title-lines', {}, line);
  if (shape.headerLine === 0) problems.note('data.no-header', {}, 1);
  for (const name of shape.duplicates) problems.note('data.duplicate-name', { column: name }, shape.headerLine);
}

const tooLarge = (bytes: number) => new LabError('data.too-large-file', { bytes, limit: limits.fileBytes });
