import { expect, test } from 'vitest';
import { heldAgainst, keyed, labelUnitsOf } from '../../../../src/core/inside/texts/label-units';
import { readLabels } from '../../../../src/core/inside/texts/labels';
import { answerTokens } from '../../../../src/core/inside/texts/request';
import type { LabelledKind, LabelledRecord } from '../../../../src/core/text/labelled/record';
import { partsOf } from '../../../../src/core/text/labelled/split';
import { readTable } from '../../../../src/core/text/labelled/table';
import { readTagged } from '../../../../src/core/text/labelled/tagged';
import { files, learnedLabels } from '../../text/labelled/learned';
import { engine } from '../../text/learned';

/** Units of a model that labels texts, held against what is to be said of texts it never learned. */
function textsOf(kind: LabelledKind, settings: LabelledRecord['settings']) {
  const { texts } = (kind === 'tagging' ? readTagged : readTable)(files[kind]);
  return partsOf(texts, settings).test.map((i) => texts[i]!);
}

/** Pearson's r of two lists, by the formula. */
function pearson(x: number[], y: number[]): number {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number) => x.reduce((all, _, i) => all + f(i), 0);
  const xy = sum((i) => (x[i]! - mx) * (y[i]! - my));
  return xy / Math.sqrt(sum((i) => (x[i]! - mx) ** 2) * sum((i) => (y[i]! - my) ** 2));
}

const split: [number, number, number] = [0.5, 0.2, 0.3];

test.each([
  ['tagging', 'lstm', 1],
  ['tagging', 'gru', 0],
  ['classification', 'rnn', 0],
] as const)(
  '%s, %s, delay %i: traces are those of each text read alone, where its labels are said',
  async (kind, cell, delay) => {
    const { record, weights } = await learnedLabels(kind, cell, { layers: 2, delay, length: 16, split });
    const given = textsOf(kind, record.settings);
    const held = heldAgainst(record, given);
    const { T, tokens, at } = held.rows;
    const { model, labels } = record;
    const what = { type: 'rows', T, at, measures: keyed(held.measures) } as const;
    const answer = answerTokens(engine, { type: 'tokens', model, weights, tokens, what });
    if (answer.type !== 'units') throw new Error('not what was asked for');
    const units = labelUnitsOf(record, held, answer);
    expect(units.texts).toBe(given.length);

    // each text by itself, as a look reads it
    const states: number[][] = [];
    const truth: { label: string; place: number; known: boolean }[] = [];
    for (const { content, labels: own } of given) {
      const all =
        typeof content === 'string' ? content.toLowerCase().match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*|\S/gu)! : content;
      const read = readLabels(record, all, own, null);
      const look = { type: 'stretch', back: false } as const;
      const seen = answerTokens(engine, { type: 'tokens', model, weights, tokens: read.numbers, what: look });
      if (seen.type !== 'stretch') throw new Error('not what was asked for');
      const { h, H } = seen.view.stacks[0]!.layers[1]!;
      own.forEach((label, k) => {
        const step = kind === 'tagging' ? k + delay : all.length - 1;
        states.push([...h.subarray(step * H, (step + 1) * H)]);
        truth.push({
          label,
          place: k + 1,
          known: record.lexicon.words.includes(all[k]!) || record.lexicon.words.includes(all[k]!.toLowerCase()),
        });
      });
    }
    expect(units.said).toBe(truth.length);
    const half = Math.floor(truth.length / 2);
    const valueFor = {
      label: (one: (typeof truth)[number], label: string) => Number(one.label === label),
      position: (one: (typeof truth)[number]) => one.place,
      unknown: (one: (typeof truth)[number]) => Number(!one.known),
    };
    for (const { measure, values } of held.measures) {
      const label = measure.name === 'label' ? measure.label : '';
      expect([...values], measure.name).toEqual(truth.map((one) => valueFor[measure.name](one, label)));
    }
    let compared = 0;
    for (const { measure, units: best } of units.tracking) {
      const y = truth.map((one) => valueFor[measure.name](one, measure.name === 'label' ? measure.label : ''));
      expect(new Set(y.slice(half)).size).toBeGreaterThan(1);
      for (const one of best) {
        if (one.layer !== 1 || one.quantity !== 'h') continue;
        const x = states.map((row) => row[one.unit]!);
        expect(one.found).toBeCloseTo(pearson(x.slice(0, half), y.slice(0, half)), 6);
        expect(one.r).toBeCloseTo(pearson(x.slice(half), y.slice(half)), 6);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(0);
    // of two classes one says all
    const named = [...units.tracking.map(({ measure }) => measure), ...units.still];
    expect(named.filter(({ name }) => name === 'label')).toHaveLength(labels.length === 2 ? 1 : labels.length);
    expect(named.some(({ name }) => name === 'position')).toBe(kind === 'tagging');
  },
);
