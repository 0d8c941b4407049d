import type { Reading, ReadingChoices } from '../core/data/frame';
import { readTable } from '../core/data/read';
import type { Description } from '../core/export/description';

/** What a person gave: a file, or text that was pasted. */
export interface Given {
  name: string;
  content: Blob;
}

/** Reads it as the lab would, asking again only what the model's own file had to be asked. */
export function readGiven(
  { name, content }: Given,
  description: Description,
  choices: ReadingChoices,
): Promise<Reading> {
  const { date, dateOrder, decimal, series, kinds } = description.dataset.reading;
  const alike = { date, dateOrder, decimal, series, kinds };
  const known = Object.fromEntries(Object.entries(alike).filter(([, value]) => value !== undefined));
  const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));
  return readTable(
    chunksOf(content),
    { name, bytes: content.size },
    { ...known, ...choices },
    { breathe, stopping: false },
  );
}

async function* chunksOf(content: Blob): AsyncGenerator<Uint8Array> {
  const reader = content.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
