import { expect, test } from 'vitest';
import { labelAimed, labelProbeOf, readLabels } from '../../../../src/core/inside/texts/labels';
import { answerTokens } from '../../../../src/core/inside/texts/request';
import type { CellName } from '../../../../src/core/nn/model';
import { parameterTable } from '../../../../src/core/nn/parameters';
import type { LabelledKind } from '../../../../src/core/text/labelled/record';
import { tellTexts } from '../../../../src/core/text/labelled/tell';
import { control } from '../../learn/lesson';
import { difference } from '../../nn/workbench';
import { learnedLabels } from '../../text/labelled/learned';
import { engine } from '../../text/learned';
import { plainNetwork } from '../plain';

/** What is shown of a model that labels texts is what the equations give, and what it tells of new texts. */
const given = ['Dogs', 'yodelling', 'and', 'cats', 'slept', '.', 'Anna'];

async function looked(kind: LabelledKind, cell: CellName, actual: string[] | null = null) {
  const { record, weights } = await learnedLabels(kind, cell, { layers: 2, length: 6, delay: 1 });
  const read = readLabels(record, given, actual, null);
  const { model } = record;
  const look = (label?: { step: number; code: number }) => {
    const what = { type: 'stretch', back: label !== undefined, label } as const;
    const answer = answerTokens(engine, { type: 'tokens', model, weights, tokens: read.numbers, what });
    if (answer.type !== 'stretch') throw new Error('not what was asked for');
    return answer;
  };
  const aimed = labelAimed(record, read, look().view.outputs);
  return { record, weights, read, aimed, probe: labelProbeOf(record, read, aimed, look(aimed)) };
}

test.each([
  ['tagging', 'lstm'],
  ['tagging', 'rnn'],
  ['classification', 'gru'],
] as const)('%s, %s: states, gates and probabilities equal the plain twin’s and the lab’s', async (kind, cell) => {
  const { record, weights, read, aimed, probe } = await looked(kind, cell);
  const { model, labels } = record;
  const named = Object.fromEntries(
    parameterTable(model).map(({ name, offset, size }) => [name, [...weights.subarray(offset, offset + size)]]),
  );
  const x = Array.from(read.numbers, (n) => named['embedding.weight']!.slice(n * model.D, (n + 1) * model.D));
  const { quantities } = plainNetwork(model, named, x);
  probe.layers.forEach(({ states }, l) => {
    expect(Object.keys(states).sort()).toEqual(Object.keys(quantities[l]!).sort());
    for (const [name, values] of Object.entries(states))
      expect(difference(values!.flat() as number[], quantities[l]![name]!.flat()), `${name} of ${l}`).toBeLessThan(
        1e-5,
      );
  });
  const V = labels.length;
  const shares = quantities.at(-1)!.h!.map((h) => {
    const scores = labels.map((_, v) =>
      h.reduce((sum, value, j) => sum + value * named['head.weight']![v * model.H + j]!, named['head.bias']![v]!),
    );
    const all = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    return scores.map((score) => Math.exp(score) / all);
  });
  probe.steps.forEach(({ probabilities, entropy, label }, t) => {
    expect(difference(probabilities, shares[t]!), `step ${t}`).toBeLessThan(1e-5);
    expect(entropy).toBeCloseTo(-shares[t]!.reduce((sum, p) => sum + p * Math.log2(p), 0), 4);
    expect(label).toBe(labels[shares[t]!.indexOf(Math.max(...shares[t]!))]);
  });
  // the likeliest label of the last step is what goes back
  expect(probe.of).toEqual({ step: aimed.step, label: probe.steps[aimed.step]!.label });
  expect(probe.loss).toBeCloseTo(-Math.log(Math.max(...shares[aimed.step]!)), 4);
  for (const { gradient } of probe.layers)
    expect((gradient!.recurrent.share as number[]).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);

  // as unroll predict tells it: a tag of word t at step t + 1, a class at the last
  const tokens = given.slice(0, 6);
  const texts = [{ tokens, codes: kind === 'tagging' ? tokens.map(() => -1) : [-1] }];
  const told = await tellTexts({ engine, model, weights }, texts, record, control);
  const said =
    kind === 'tagging' ? probe.steps.filter(({ word }) => word !== null) : [probe.steps[probe.steps.length - 1]!];
  expect(
    difference(
      said.flatMap(({ probabilities }) => probabilities),
      [...told.probabilities],
    ),
  ).toBeLessThan(1e-5);
  expect(said).toHaveLength(told.probabilities.length / V);
  expect(probe).toMatchObject({ left: 1, delay: kind === 'tagging' ? 1 : 0 });
  expect(probe.steps.map(({ token }) => token)).toEqual([...tokens, ...(kind === 'tagging' ? [null] : [])]);
  expect(probe.steps[1]!.known).toBe(false);
});

test('where it is known what a text is, the loss of that goes back', async () => {
  const tags = ['N', 'V', 'C', 'N', 'V', 'P'];
  const { probe, record } = await looked('tagging', 'gru', tags);
  expect(probe.steps.map(({ actual }) => actual)).toEqual([null, ...tags]);
  expect(probe.of).toEqual({ step: 6, label: 'P' });
  const { probabilities } = probe.steps[6]!;
  expect(probe.loss).toBeCloseTo(-Math.log(probabilities[record.labels.indexOf('P')]!), 4);
});
