import { delayOf, type ReadText, type Rows, rowsOf } from '../../text/labelled/lesson';
import { isKnown } from '../../text/labelled/lexicon';
import type { GivenText, LabelledRecord } from '../../text/labelled/record';
import { tokensOf } from '../../text/labelled/words';
import type { TokenLookAnswer } from './request';
import type { TrackingUnit } from './tracking';

/** What units that label texts are held against: a label, the word's place in its sentence, or that the vocabulary lacks it. */
export type LabelMeasure = { name: 'label'; label: string } | { name: 'position' | 'unknown' };

/** Units that follow what is to be said of the texts of the test part. */
export interface LabelUnits {
  run: string;
  /** Texts read, and labels said of them: what correlations are over. */
  texts: number;
  said: number;
  tracking: { measure: LabelMeasure; units: TrackingUnit[] }[];
  /** Measures that keep still in these texts. */
  still: LabelMeasure[];
}

/** Texts, tokens of them all, and labels that are held against units, at most. */
const mostTexts = 600;
const mostTokens = 12_000;
const mostLabels = 20;

export interface HeldAgainst {
  texts: number;
  rows: Rows;
  measures: { measure: LabelMeasure; values: Float64Array }[];
}

/**
 * What units are held against, at every step where a label is said [labels said]: 1 where it is that label, else 0; of tagging also
 * the place of the word from 1 on, and 1 where the vocabulary lacks it. Of two labels one is enough, for the other is its opposite.
 */
export function heldAgainst(
  { kind, labels, lexicon, settings }: LabelledRecord,
  given: readonly GivenText[],
): HeldAgainst {
  const texts: ReadText[] = [];
  let tokens = 0;
  for (const text of given) {
    const own = tokensOf(text, settings.input);
    tokens += kind === 'tagging' ? own.length : Math.min(own.length, settings.length);
    if (texts.length === mostTexts || (tokens > mostTokens && texts.length > 0)) break;
    texts.push({ tokens: own, codes: text.labels.map((label) => labels.indexOf(label)) });
  }
  const rows = rowsOf(texts, { kind, lexicon, settings });
  const over = (value: (place: number) => number) => Float64Array.from(rows.at, value);
  const delay = delayOf(kind, settings);
  const counts = labels.map((_, code) => rows.at.reduce((sum, place) => sum + Number(rows.labels[place] === code), 0));
  const common = labels.map((_, code) => code).sort((a, b) => counts[b]! - counts[a]!);
  const chosen = common.slice(0, labels.length === 2 ? 1 : mostLabels);
  return {
    texts: texts.length,
    rows,
    measures: [
      ...chosen.map((code) => ({
        measure: { name: 'label', label: labels[code]! } as const,
        values: over((place) => Number(rows.labels[place] === code)),
      })),
      ...(kind === 'tagging'
        ? [
            { measure: { name: 'position' } as const, values: over((place) => (place % rows.T) - delay + 1) },
            {
              measure: { name: 'unknown' } as const,
              values: over((place) => Number(!isKnown(lexicon, rows.tokens[place - delay]!))),
            },
          ]
        : []),
    ],
  };
}

/** By their place, for a label may be named anything. */
export const keyed = (measures: HeldAgainst['measures']): Record<string, Float64Array> =>
  Object.fromEntries(measures.map(({ values }, i) => [i, values]));

export function labelUnitsOf(
  { id }: LabelledRecord,
  { texts, rows, measures }: HeldAgainst,
  { tracking }: TokenLookAnswer & { type: 'units' },
): LabelUnits {
  const found = measures.map(({ measure }, i) => ({
    measure,
    units: tracking.find(({ measure: key }) => key === String(i))?.units ?? null,
  }));
  return {
    ...{ run: id, texts, said: rows.at.length },
    tracking: found.flatMap(({ measure, units }) => (units ? [{ measure, units }] : [])),
    still: found.flatMap(({ measure, units }) => (units ? [] : [measure])),
  };
}
