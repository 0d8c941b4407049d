import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../../src/core/learn';
import { Random } from '../../../../src/core/nn/random';
import type { TrainerEvent } from '../../../../src/core/protocol';
import { countedBaselines, naiveBayes, wordTag } from '../../../../src/core/text/labelled/baselines';
import { judged } from '../../../../src/core/text/labelled/judge';
import { runLabelled } from '../../../../src/core/text/labelled/learn';
import { lessonOf, rowsOf, tableOf } from '../../../../src/core/text/labelled/lesson';
import { planLabelled } from '../../../../src/core/text/labelled/plan';
import type { GivenText, LabelledKind } from '../../../../src/core/text/labelled/record';
import type { LabelledSettings } from '../../../../src/core/text/labelled/settings';
import { judgeLabels } from '../../../../src/core/text/labelled/verdict';
import { control } from '../../learn/lesson';

const machine = { threads: 1, kernels: 'plain' as const };
const base = (kind: LabelledKind, chosen: Partial<LabelledSettings> = {}) =>
  planLabelled(
    kind,
    [{ content: kind === 'tagging' ? ['a'] : 'a', labels: ['x'] }],
    { rare: 1, length: 4, ...chosen },
    machine,
  ).settings;
const sentence = (words: string, tags: string): GivenText => ({ content: words.split(' '), labels: tags.split(' ') });
const text = (content: string, label: string): GivenText => ({ content, labels: [label] });

describe('rows of tokens', () => {
  test('a tag is said after its delay, longer sentences go on in another row, padding is not judged', () => {
    const train = [sentence('a b c d e', 'x y x y x'), sentence('b', 'y')];
    const lesson = lessonOf(
      'tagging',
      { train, validation: train, test: train },
      base('tagging', { delay: 1, length: 3 }),
    );
    const of = Object.fromEntries(
      ['b', 'a', 'c', 'd', 'e'].map((word, i) => [word, 2 + lesson.lexicon.shapes.length + i]),
    );
    const rows = rowsOf(lesson.parts.train, lesson);
    expect(rows.T).toBe(4);
    // the first row reads one word further than it tags
    expect([...rows.tokens]).toEqual([of.a, of.b, of.c, of.d, of.d, of.e, 0, 0, of.b, 0, 0, 0]);
    expect([...rows.labels]).toEqual([-1, 0, 1, 0, -1, 1, 0, -1, -1, 1, -1, -1]);
    expect([...rows.at]).toEqual([1, 2, 3, 5, 6, 9]);
  });
  test('a text is labelled at its last token that is read', () => {
    const train = [text('b a', 'y'), text('a b a b a b', 'x'), text('b', 'y')];
    const lesson = lessonOf('classification', { train, validation: train, test: train }, base('classification'));
    const rows = rowsOf(lesson.parts.train, lesson);
    expect([...rows.labels]).toEqual([-1, 1, -1, -1, -1, -1, -1, 0, 1, -1, -1, -1]);
    expect(lesson.read).toEqual({ tokens: 9, known: 9, long: 1 });
  });
  test('class weights are those of classes of series: n / (V · n(c))', () => {
    const train = [text('a', 'x'), text('b', 'x'), text('c', 'x'), text('d', 'y')];
    const lesson = lessonOf(
      'classification',
      { train, validation: train, test: train },
      base('classification', { classWeights: 'balanced' }),
    );
    expect([...tableOf(lesson).weights!]).toEqual([expect.closeTo(4 / 6, 6), 2]);
  });
});

describe('what counting reaches', () => {
  test('the most frequent tag of each word; of unknown words the commonest', () => {
    const train = [
      sentence('the run', 'D N'),
      sentence('they run run', 'P V V'),
      sentence('a walk', 'D N'),
      sentence('walk the dog', 'V D N'),
    ];
    const held = [sentence('the run walk cat', 'D N V N')];
    const lesson = lessonOf('tagging', { train, validation: held, test: held }, base('tagging'));
    // D 3, N 3, V 3, P 1: of equals the first in alphabetical order; walk was N once and V once
    const { told } = wordTag(lesson).tell(lesson.parts.test[0]!);
    expect(told.map((code) => lesson.labels[code])).toEqual(['D', 'V', 'N', 'D']);
    const { baselines, reference } = countedBaselines(lesson);
    expect(baselines.map(({ name, metrics }) => [name, metrics.test.accuracy])).toEqual([
      ['majority', 0.25],
      ['word-tag', 0.25],
    ]);
    expect(reference.test).toBe(0.25);
    expect(baselines[1]!.metrics.test.unknown).toEqual({ n: 1, accuracy: 0 });
  });

  test('naive Bayes by the worked example of Manning, Raghavan and Schütze (13.1)', () => {
    const train = [
      text('Chinese Beijing Chinese', 'c'),
      text('Chinese Chinese Shanghai', 'c'),
      text('Chinese Macao', 'c'),
      text('Tokyo Japan Chinese', 'j'),
    ];
    const held = [text('Chinese Chinese Chinese Tokyo Japan', 'c')];
    const lesson = lessonOf('classification', { train, validation: held, test: held }, base('classification'));
    const { told, probabilities } = naiveBayes(lesson).tell(lesson.parts.test[0]!);
    // 3/4 · (3/7)³ · 1/14 · 1/14 ≈ 0.0003 against 1/4 · (2/9)³ · 2/9 · 2/9 ≈ 0.0001
    const [c, j] = [(3 / 4) * (3 / 7) ** 3 * (1 / 14) ** 2, (1 / 4) * (2 / 9) ** 5];
    expect(told).toEqual([0]);
    expect(probabilities).toEqual([expect.closeTo(c / (c + j), 12), expect.closeTo(j / (c + j), 12)]);
  });
  test('naive Bayes counts words where the network reads characters', () => {
    const train = [text('good film', 'p'), text('bad film', 'n')];
    const held = [text('bad bad', 'n')];
    const lesson = lessonOf(
      'classification',
      { train, validation: held, test: held },
      base('classification', { input: 'character' }),
    );
    const { probabilities } = naiveBayes(lesson).tell(lesson.parts.test[0]!);
    // V 3, n(c) 2: P(bad | n) = 2/5, P(bad | p) = 1/5
    expect(probabilities![0]).toBeCloseTo(0.8, 12);
  });
});

describe('scores', () => {
  test('of sentences: tokens, whole sentences, unknown words', () => {
    const train = [sentence('a b', 'x y'), sentence('a b', 'x y')];
    const held = [sentence('a b', 'x y'), sentence('a q', 'x x'), sentence('b', 'z')];
    const lesson = lessonOf('tagging', { train, validation: held, test: held }, base('tagging'));
    const told = Int32Array.of(0, 1, 1, 0, 1);
    const scores = judged(lesson, lesson.parts.test, { told, probabilities: null }, null);
    expect(scores).toMatchObject({ n: 5, unseen: 1, accuracy: 0.6, texts: 3, unknown: { n: 1, accuracy: 1 } });
    expect(scores.wholly).toBeCloseTo(1 / 3, 12);
    // x: right 2, was 3, called 2; y: right 1, was 1, called 3
    expect(scores.perClass.map(({ f1 }) => f1)).toEqual([expect.closeTo(4 / 5, 12), expect.closeTo(2 / 4, 12)]);
    expect(scores.confusion).toEqual([
      [2, 1],
      [0, 1],
    ]);
  });
});

describe('what cannot be learned is refused', () => {
  const many = (labels: string[]) =>
    Array.from({ length: 60 }, (_, i) => text(`text ${i}`, labels[i % labels.length]!));
  test.each<[string, GivenText[], Partial<LabelledSettings>]>([
    ['labels.one-class', many(['x']), {}],
    ['labels.never-repeat', many(Array.from({ length: 60 }, (_, i) => `label ${i}`)), {}],
    ['labels.too-many', Array.from({ length: 400 }, (_, i) => text(`text ${i}`, `label ${i % 150}`)), {}],
    ['labels.too-few', many(['x', 'y']).slice(0, 2), {}],
    ['labels.split', many(['x', 'y']), { split: [1, 0, 0] }],
    ['text.bad-option', many(['x', 'y']), { hidden: 0 }],
    ['text.bad-option', many(['x', 'y']), { vocabulary: 50_001 }],
  ])('%s', (code, texts, chosen) => {
    expect(planLabelled('classification', texts, chosen, machine).refusals[0]).toMatchObject({ code });
  });
  test('a large vocabulary is cut and said', () => {
    const texts = Array.from({ length: 300 }, (_, i) =>
      text(`word${i} word${i} word${(i * 7) % 300} common`, i % 2 ? 'x' : 'y'),
    );
    const plan = planLabelled('classification', texts, { vocabulary: 50 }, machine);
    expect(plan.notes).toContainEqual({ code: 'labels.vocabulary', facts: expect.objectContaining({ kept: 50 }) });
    expect(plan.refusals).toEqual([]);
  });
  test('labels that differ by capitals alone are learned as they are, and said', () => {
    const texts = Array.from({ length: 60 }, (_, i) => ({
      content: `text number ${i}`,
      labels: [['pos', 'POS', 'neg'][i % 3]!],
    }));
    const { notes, balance } = planLabelled('classification', texts, {}, machine);
    expect(balance?.classes).toHaveLength(3);
    expect(notes).toContainEqual({
      code: 'labels.alike',
      facts: expect.objectContaining({ pairs: expect.stringMatching(/pos, POS|POS, pos/) }),
    });
  });
});

/** Sentences in which "can" and "fish" are verb or noun by the word before. */
function grammar(count: number, seed: number): GivenText[] {
  const random = new Random(seed);
  const pick = (list: string[]) => list[Math.floor(random.uniform() * list.length)]!;
  const word = () => pick(['can', 'fish', 'run', 'walk', 'play', 'talk', 'sail', 'drink', 'answer', 'turn']);
  return Array.from({ length: count }, () => {
    const parts = [
      random.uniform() < 0.5
        ? [
            ['they', 'P'],
            [word(), 'V'],
          ]
        : [
            ['the', 'D'],
            [word(), 'N'],
            [pick(['is', 'was']), 'V'],
          ],
    ];
    if (random.uniform() < 0.5)
      parts.push([
        ['near', 'A'],
        [pick(['the', 'a']), 'D'],
        [word(), 'N'],
      ]);
    return { content: parts.flat().map(([w]) => w!), labels: parts.flat().map(([, tag]) => tag!) };
  });
}

async function learned(
  kind: LabelledKind,
  texts: GivenText[],
  chosen: Partial<LabelledSettings>,
  change = (t: GivenText) => t,
) {
  const { settings, parts, refusals } = planLabelled(kind, texts, chosen, machine);
  if (!parts) throw new Error(refusals[0]!.message);
  const job = {
    ...{ experiment: 'x', kind, settings, runs: [{ run: 'x-lstm', cell: settings.models[0]!, seed: 1 }] },
    parts: { ...parts, test: parts.test.map(change) },
  };
  const events: TrainerEvent[] = [];
  for await (const event of runLabelled(job, createEngine({ kernels: 'plain', threads: 1 }), () => control))
    events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'learned-labels') throw new Error(`ended with ${JSON.stringify(end)}`);
  return end;
}

describe('from texts to a judgement', () => {
  test.each(['rnn', 'lstm', 'gru'] as const)('%s tags by the neighbours what counting cannot', async (cell) => {
    const { result } = await learned('tagging', grammar(600, 3), {
      models: [cell],
      epochs: 12,
      hidden: 16,
      order: 'file',
    });
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.98);
    const best = result.baselines.find(({ name }) => name === 'word-tag')!;
    expect(best.metrics.test.accuracy).toBeLessThan(0.93);
    expect(result.evidence.find(({ name }) => name === 'word-tag')!.p).toBeLessThan(0.05);
    expect(result.examples[0]!.told).toHaveLength(result.examples[0]!.tokens.length);
  });

  test('tells negated praise from praise, where the bag of words cannot', async () => {
    const random = new Random(5);
    const pick = (list: string[]) => list[Math.floor(random.uniform() * list.length)]!;
    const texts = Array.from({ length: 700 }, () => {
      const [denied, kind] = [random.uniform() < 0.5, random.uniform() < 0.5];
      const adjective = kind !== denied ? pick(['good', 'fine', 'great']) : pick(['bad', 'poor', 'dull']);
      const thing = pick(['soup', 'film', 'room', 'song', 'play', 'book', 'walk', 'view']);
      return text(
        `${pick(['so', 'well', 'and', 'then', 'yes'])} the ${thing} was ${denied ? 'not' : 'quite'} ${adjective} ${pick(['.', '!', ''])}`,
        kind ? 'pos' : 'neg',
      );
    });
    const { result } = await learned('classification', texts, { epochs: 15, hidden: 16 });
    const bag = result.baselines.find(({ name }) => name === 'naive-bayes')!;
    expect(bag.metrics.test.accuracy).toBeLessThan(0.7);
    expect(result.metrics.test.accuracy).toBeGreaterThan(0.95);
    expect(result.metrics.test.brier).toBeLessThan(0.1);
    const record = { ...result, kind: 'classification' } as Parameters<typeof judgeLabels>[0][number];
    expect(judgeLabels([record])).toMatchObject({ best: 'lstm', beatsNaive: true, code: 'labels.beats' });
  });

  test('the test part changes neither vocabulary nor weights nor the chosen epoch', async () => {
    const texts = grammar(300, 9);
    const chosen = { epochs: 4, hidden: 8, order: 'file' as const };
    const one = await learned('tagging', texts, chosen);
    // words of its own, many times, and other tags
    const other = await learned('tagging', texts, chosen, ({ content }) => ({
      content: [...content].map((_, t) => (t % 2 ? 'stranger' : 'can')),
      labels: [...content].map(() => 'N'),
    }));
    expect(other.weights).toEqual(one.weights);
    expect(other.result.lexicon).toEqual(one.result.lexicon);
    expect(other.result.lexicon.words).not.toContain('stranger');
    expect(other.result.bestEpoch).toBe(one.result.bestEpoch);
    expect(other.result.metrics.validation).toEqual(one.result.metrics.validation);
    expect(other.result.metrics.test.accuracy).not.toBe(one.result.metrics.test.accuracy);
  });
});
