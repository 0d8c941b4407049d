import type { RunRecord } from '../run';
import type { LabelledRecord } from '../text/labelled/record';
import type { TextRecord } from '../text/record';
import { describe } from './description';
import { describeLabelled } from './labelled';
import { describeLanguage } from './language';

/**
 * The page that forecasts alone (src/forecaster), with a model put into it: its description as JSON that no element can
 * end, and its weights, a safetensors file, in base64.
 */
const descriptionSlot: Slot = ['<script type="application/json" id="description">', 'null', '</script>'];
const weightsSlot: Slot = ['<script type="text/plain" id="weights">', '', '</script>'];
/** What stands before it, what it holds while it is empty, and what follows. */
type Slot = [string, string, string];

/** @param page the built page; `weights` in base64 */
export const htmlFile = (page: string, record: RunRecord, weights: string): string =>
  carrying(page, slim(record), weights);

/** The same of a language model, in the page that writes: without what grows with epochs. */
export function languageHtml(page: string, record: TextRecord, weights: string): string {
  const { loss: _, samples: __, ...rest } = describeLanguage(record);
  return carrying(page, { ...rest, loss: { train: [], validation: [] }, samples: [] }, weights);
}

/** The same of a model that labels texts, in the page that tags or classifies. */
export function labelledHtml(page: string, record: LabelledRecord, weights: string): string {
  return carrying(page, { ...describeLabelled(record), loss: { train: [], validation: [] } }, weights);
}

function carrying(page: string, description: object, weights: string): string {
  const json = JSON.stringify(description).replaceAll('<', '\\u003c');
  return filled(filled(page, descriptionSlot, json), weightsSlot, weights);
}

function filled(page: string, [head, empty, tail]: Slot, content: string): string {
  const slot = head + empty + tail;
  if (!page.includes(slot)) throw new Error(`no ${slot} in the page`);
  return page.replace(slot, () => head + content + tail);
}

/** Without what grows with epochs and horizon and no forecast needs. */
function slim(record: RunRecord) {
  const { loss: _, byStep: __, forecast: ___, targets, ...rest } = describe(record);
  return {
    ...rest,
    ...{ loss: { train: [], validation: [] }, byStep: [], forecast: [] },
    ...(targets && { targets: targets.map((one) => ({ ...one, byStep: [], forecast: [] })) }),
  };
}

/** What `htmlFile` put into a page; null for anything else. */
export function fromHtml(text: string): { description: string; weights: string } | null {
  const description = contentOf(text, descriptionSlot);
  const weights = contentOf(text, weightsSlot);
  return description === null || weights === null ? null : { description, weights };
}

function contentOf(text: string, [head, , tail]: Slot): string | null {
  const from = text.indexOf(head);
  const to = text.indexOf(tail, from + head.length);
  return from < 0 || to < 0 ? null : text.slice(from + head.length, to);
}
