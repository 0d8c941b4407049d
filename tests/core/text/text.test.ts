import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/core/learn';
import { Random } from '../../../src/core/nn/random';
import type { TrainerEvent } from '../../../src/core/protocol';
import type { TextJob } from '../../../src/core/text/contract';
import { bigram, unigram } from '../../../src/core/text/counting';
import { runText } from '../../../src/core/text/language';
import { logSumExp, measure, type Speaker } from '../../../src/core/text/measure';
import { cutText } from '../../../src/core/text/parts';
import { planText } from '../../../src/core/text/plan';
import { readText } from '../../../src/core/text/read';
import { draw, say } from '../../../src/core/text/sample';
import { encode, mostCharacters, strangerIn, vocabularyOf } from '../../../src/core/text/vocabulary';
import { control } from '../learn/lesson';

const breathe = async () => {};
const bytes = (text: string) => new TextEncoder().encode(text);
const facts = { characters: 100_000, vocabulary: 60, threads: 2, kernels: 'plain' as const };

describe('characters and their numbers', () => {
  test('are code points in their order, counted', () => {
    const { tokens, counts } = vocabularyOf('hello 👋 hello');
    expect(tokens).toEqual([' ', 'e', 'h', 'l', 'o', '👋']);
    expect(counts).toEqual([2, 2, 2, 4, 2, 1]);
    expect([...encode('hole', tokens)!]).toEqual([2, 4, 3, 1]);
    expect(encode('help', tokens)).toBeNull();
    expect(strangerIn('help', tokens)).toBe('p');
  });
  test('one alone is refused: there is nothing to learn', () => {
    expect(() => vocabularyOf('aaaa')).toThrow(expect.objectContaining({ code: 'text.one-character' }));
  });
  test('too many different ones are refused', () => {
    const many = String.fromCodePoint(...Array.from({ length: mostCharacters + 1 }, (_, i) => 0x4e00 + i));
    expect(() => vocabularyOf(many)).toThrow(`${mostCharacters + 1} different characters`);
    expect(vocabularyOf(many.slice(1)).tokens).toHaveLength(mostCharacters);
  });
});

describe('a file becomes a text', () => {
  const korean = Uint8Array.from([0xc7, 0xd1, 0xb1, 0xdb, 0xc0, 0xcc, 0xb4, 0xd9, 0x0a]);
  test('with line feeds, in its encoding', () => {
    expect(readText(bytes('a\r\nb\rc'))).toEqual({ text: 'a\nb\nc', encoding: 'utf-8' });
    // what is no table may well be a text
    for (const source of ['{"a": [1, 2]}', '<html><body>b</body></html>', '<?xml version="1.0"?><a/>'])
      expect(readText(bytes(source)).text).toBe(source);
    expect(readText(korean)).toEqual({ text: '한글이다\n', encoding: 'euc-kr' });
  });
  test.each(['utf-16le', 'utf-16be'])('in %s without its mark, though hardly a byte of it is zero', (encoding) => {
    const text = '가을 하늘이 높고 맑다.\n강가에서 각자 시를 읽었다.\n';
    const little = Buffer.from(text, 'utf16le');
    expect(readText(Uint8Array.from(encoding === 'utf-16le' ? little : little.swap16()))).toEqual({ text, encoding });
  });
  test.each([
    ['text.zero-bytes', bytes(`one\ntwo${'\0'.repeat(3)}\n${'and more\n'.repeat(9)}`)],
    ['text.cut', bytes('글의 끝').subarray(0, -1)],
    ['text.cut', Uint8Array.from(Buffer.from('\ufeffhello there', 'utf16le').subarray(0, -1))],
    ['text.cut', Uint8Array.from(Buffer.from('hello there', 'utf16le').subarray(0, -1))],
    ['data.utf-32', Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
    ['text.two-encodings', Uint8Array.from([...bytes('caf'), 0xe9, ...bytes('\nété')])],
    ['text.two-encodings', Uint8Array.from([...korean, ...bytes('한글이다\n')])],
    ['text.binary', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])],
    ['text.binary', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)],
    ['text.empty', new Uint8Array()],
    ['text.empty', bytes(' \n\n')],
    ['text.mixed-encoding', Uint8Array.from([...bytes('naïve café\n'.repeat(9)), 0xe9, 0x20, ...bytes('été')])],
  ])('%s is refused', (code, file) => {
    expect(() => readText(file)).toThrow(expect.objectContaining({ code }));
  });
});

describe('what counting knows', () => {
  const text = Int32Array.from([0, 1, 0, 1, 0, 2]);
  const shares = (scores: ArrayLike<number>) => Array.from(scores, Math.exp);

  test('how often each occurs, one added to every count', () => {
    expect(shares(unigram(text, 4).read(0))).toEqual([4, 3, 2, 1].map((n) => expect.closeTo(n, 9)));
  });
  test('how often each follows the one before', () => {
    const after = bigram(text, 4);
    for (const token of [0, 1, 2, 3]) {
      const p = shares(after.read(token));
      const sum = p.reduce((a, b) => a + b, 0);
      // after 0 came 1 twice and 2 once; after 3 nothing, so the unigram's shares remain
      const seen = { 0: [0, 2, 1, 0], 1: [2, 0, 0, 0], 2: [0, 0, 0, 0], 3: [0, 0, 0, 0] }[token]!;
      const expected = [4, 3, 2, 1].map((n, v) => (seen[v]! + (5 * n) / 10) / (seen.reduce((a, b) => a + b) + 5));
      expect(p.map((each) => each / sum)).toEqual(expected.map((each) => expect.closeTo(each, 9)));
    }
  });
});

describe('judging', () => {
  test('nats, bits and the share that was right, every character by what came before', async () => {
    // always says: ln 2, ln 1, ln 1, so that p is ½, ¼, ¼
    const speaker: Speaker = { forget() {}, read: () => [Math.log(2), 0, 0] };
    const metrics = await measure(speaker, Int32Array.of(0), Int32Array.of(0, 1, 0, 2), breathe);
    expect(metrics).toEqual({
      n: 4,
      nats: expect.closeTo(1.5 * Math.LN2, 12),
      bits: expect.closeTo(1.5, 12),
      accuracy: 0.5,
    });
    const without = await measure(speaker, Int32Array.of(), Int32Array.of(0, 1, 0, 2), breathe);
    expect(without.n).toBe(3);
  });
  test('large scores do not overflow', () => {
    expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 9);
  });
});

describe('writing', () => {
  test('draws by probability, sharper when colder', () => {
    const scores = [Math.log(3), 0];
    const random = new Random(1);
    const share = (temperature: number) =>
      Array.from({ length: 4000 }, () => draw(scores, temperature, random.uniform())).filter((v) => v === 0).length /
      4000;
    expect(share(1)).toBeCloseTo(0.75, 1);
    // softmax of ln 3 / ½: 9 to 1
    expect(share(0.5)).toBeCloseTo(0.9, 1);
    expect(share(0)).toBe(1);
    expect(draw([0, 0, 5], 1, 0.999999999)).toBe(2);
  });
  test('ends before the stop would be complete, and never writes more than asked', () => {
    let t = 0;
    const counting: Speaker = {
      forget() {
        t = 0;
      },
      read() {
        const next = t++ % 4;
        return [0, 1, 2, 3].map((v) => (v === next ? 100 : 0));
      },
    };
    const written = (stop?: number[], length = 10) => [
      ...say(
        counting,
        { prime: Int32Array.of(0), length, temperature: 0, ...(stop && { stop: Int32Array.from(stop) }) },
        new Random(1),
      ),
    ];
    expect(written()).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1]);
    expect(written([2, 3])).toEqual([0, 1, 2]);
    expect(written([3, 2], 3)).toEqual([0, 1, 2]);
  });
});

describe('a text in its parts', () => {
  const text = (length: number) => Int32Array.from({ length }, (_, i) => i);

  test('validation is taken from all along the text, the test part from its end, and nothing is in two', () => {
    const sizes = { train: 20_001, validation: 3_500, test: 2_777 };
    const parts = cutText(text(26_278), sizes);
    expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual(Object.values(sizes));
    expect([...parts.train, ...parts.validation, ...parts.test].sort((a, b) => a - b)).toEqual([...text(26_278)]);
    expect([parts.test[0], parts.test.at(-1)]).toEqual([23_501, 26_277]);
    // what stands just before the test part is learned
    expect(parts.train.at(-1)).toBe(23_500);
    const seams = parts.validation.filter((token, i) => i > 0 && token !== parts.validation[i - 1]! + 1);
    expect([...seams]).toEqual([7833, 15_667]);
  });
  test('of a short text validation is the beginning', () => {
    const { train, validation, test: end } = cutText(text(100), { train: 80, validation: 9, test: 11 });
    expect([...validation]).toEqual([...text(9)]);
    expect([train[0], train.at(-1), end[0]]).toEqual([9, 88, 89]);
  });
});

describe('how a text is learned', () => {
  test('follows from its length, and what was chosen stays', () => {
    const long = planText({}, { ...facts, characters: 300_000 });
    expect(long.settings).toMatchObject({ hidden: 128, layers: 2, tbptt: 50, streams: 32, embedding: 64 });
    expect(long.split).toEqual({ train: 255_000, validation: 15_000, test: 30_000 });
    expect(planText({ hidden: 7 }, facts).settings.hidden).toBe(7);
    for (const characters of [60, 400, 5000, 49_999, 50_000, 3e6])
      expect(planText({}, { ...facts, characters }).refusals, `${characters} characters`).toEqual([]);
  });
  test.each([
    ['text.too-short', {}, 5],
    ['text.too-short', { streams: 100, tbptt: 100 }, 100_000],
    ['text.bad-option', { hidden: 0 }, 100_000],
    ['text.bad-option', { models: ['transformer' as 'rnn'] }, 100_000],
    ['text.split', { split: [1, 0, 0] as [number, number, number] }, 100_000],
  ])('%s', (code, chosen, characters) => {
    expect(planText(chosen, { ...facts, characters }).refusals[0]).toMatchObject({ code });
  });
});

const story = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);

async function learned(text: string, chosen: Parameters<typeof planText>[0] = {}) {
  const { tokens: vocabulary } = vocabularyOf(story);
  const tokens = encode(text, vocabulary)!;
  const { settings, split } = planText(
    { hidden: 16, epochs: 6, tbptt: 12, streams: 4, ...chosen },
    { ...facts, characters: tokens.length, vocabulary: vocabulary.length, threads: 1 },
  );
  const parts = cutText(tokens, split);
  const job: TextJob = {
    experiment: 'x',
    settings,
    vocabulary,
    parts,
    runs: [{ run: 'x-lstm', cell: 'lstm', seed: 1 }],
  };
  const events: TrainerEvent[] = [];
  for await (const event of runText(job, createEngine({ kernels: 'plain', threads: 1 }), () => control))
    events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'learned-text') throw new Error(`ended with ${end?.type}`);
  return { events, ...end, split };
}

describe('a language model from a text to its judgement', () => {
  test('beats counting on what it never read, and writes as it learns', async () => {
    const { result, events } = await learned(story, { epochs: 30 });
    const [lone, pair] = result.baselines.map(({ metrics }) => metrics.test.nats);
    expect(pair).toBeLessThan(lone!);
    expect(result.metrics.test.nats).toBeLessThan(0.5 * pair!);
    expect(result.metrics.test.n).toBe(result.split.test);
    expect(result.loss.validation).toHaveLength(30);
    const samples = events.filter((event) => event.type === 'sample');
    expect(samples.length).toBeGreaterThan(5);
    expect(samples.map(({ epoch, text }) => ({ epoch, text }))).toEqual(result.samples);
    expect(result.samples.at(-1)!.text).toContain('sat on the');
  });

  test('the test part changes neither weights nor the chosen epoch', async () => {
    const one = await learned(story);
    const at = one.split.train + one.split.validation;
    const other = await learned(story.slice(0, at) + [...story.slice(at)].reverse().join(''));
    expect(other.weights).toEqual(one.weights);
    expect(other.result.bestEpoch).toBe(one.result.bestEpoch);
    expect(other.result.metrics.validation).toEqual(one.result.metrics.validation);
    expect(other.result.metrics.test.nats).toBeGreaterThan(one.result.metrics.test.nats);
  });
});
