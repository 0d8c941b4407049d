import type { RunRecord } from '../run';
import { describe } from './description';

/**
 * The page that forecasts alone (src/forecaster), with a model put into it: its description as JSON that no element can
 * end, and its weights, a safetensors file, in base64.
 */
const descriptionSlot = '<script type="application/json" id="description">null</script>';
const weightsSlot = '<script type="text/plain" id="weights"></script>';

/** @param page the built page; `weights` in base64 */
export function htmlFile(page: string, record: RunRecord, weights: string): string {
  for (const slot of [descriptionSlot, weightsSlot])
    if (!page.includes(slot)) throw new Error(`no ${slot} in the page`);
  const description = JSON.stringify(slim(record)).replaceAll('<', '\\u003c');
  return page
    .replace(descriptionSlot, () => descriptionSlot.replace('null', () => description))
    .replace(weightsSlot, () => weightsSlot.replace('><', () => `>${weights}<`));
}

/** Without what grows with epochs and horizon and no forecast needs. */
function slim(record: RunRecord) {
  const { loss: _, byStep: __, forecast: ___, ...rest } = describe(record);
  return { ...rest, loss: { train: [], validation: [] }, byStep: [], forecast: [] };
}

/** What `htmlFile` put into a page; null for anything else. */
export function fromHtml(text: string): { description: string; weights: string } | null {
  const between = (slot: string, content: string) => {
    const [head, tail] = slot.split(content) as [string, string];
    const from = text.indexOf(head);
    const to = text.indexOf(tail, from + head.length);
    return from < 0 || to < 0 ? null : text.slice(from + head.length, to);
  };
  const description = between(descriptionSlot, 'null');
  const weights = between(weightsSlot.replace('><', '> <'), ' ');
  return description === null || weights === null ? null : { description, weights };
}
