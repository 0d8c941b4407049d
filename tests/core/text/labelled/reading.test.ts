import { describe, expect, test } from 'vitest';
import { lexiconOf, numbering, shapesOf, sizeOf, unknown } from '../../../../src/core/text/labelled/lexicon';
import { readPlain } from '../../../../src/core/text/labelled/plain';
import type { LabelledReading, LabelledRecord } from '../../../../src/core/text/labelled/record';
import { partsOf, repeatedIn } from '../../../../src/core/text/labelled/split';
import { readTable } from '../../../../src/core/text/labelled/table';
import { readTagged } from '../../../../src/core/text/labelled/tagged';
import { keyOf, tokensOf, wordsOf } from '../../../../src/core/text/labelled/words';

describe('sentences of tokens and tags', () => {
  const two = [
    { content: ['The', 'dog', 'barks'], labels: ['DT', 'NN', 'VBZ'] },
    { content: ['Go', '!'], labels: ['VB', '.'] },
  ];
  test.each([
    ['tabs', 'The\tDT\ndog\tNN\nbarks\tVBZ\n\nGo\tVB\n!\t.\n'],
    ['blanks, more of them between sentences', 'The DT\ndog NN\nbarks VBZ\n\n\nGo VB\n! .'],
    ['more columns: the first and the last', 'The x DT\ndog y NN\nbarks z VBZ\n\nGo x VB\n! q .\n'],
    ['a heading', 'word\tpos\nThe\tDT\ndog\tNN\nbarks\tVBZ\n\nGo\tVB\n!\t.\n'],
    ['documents of CoNLL-2003', '-DOCSTART- -X- O\n\nThe B DT\ndog I NN\nbarks O VBZ\n\nGo O VB\n! O .\n'],
    [
      'CoNLL-U, with comments, ranges and empty nodes',
      '# sent_id = 1\n# text = The dog barks\n1\tThe\tthe\tDT\tx\t_\t2\tdet\t_\t_\n1-2\tThedog\t_\t_\t_\t_\t_\t_\t_\t_\n' +
        '2\tdog\tdog\tNN\tx\t_\t3\tnsubj\t_\t_\n3\tbarks\tbark\tVBZ\tx\t_\t0\troot\t_\t_\n3.1\tx\t_\tX\t_\t_\t_\t_\t_\t_\n\n' +
        '# sent_id = 2\n1\tGo\tgo\tVB\tx\t_\t0\troot\t_\t_\n2\t!\t!\t.\tx\t_\t1\tpunct\t_\t_\n',
    ],
  ])('%s', (_, text) => {
    expect(readTagged(text).texts).toEqual(two);
  });
  test('a number sign is a word where it has a tag', () => {
    expect(readTagged('#\tSYM\n1\tNUM\n\n#\tSYM\n2\tNUM\n').texts[0]).toEqual({
      content: ['#', '1'],
      labels: ['SYM', 'NUM'],
    });
  });
  test('a token may hold blanks between tabs', () => {
    expect(readTagged('New York\tLOC\n\nit\tO\n').texts[0]!.content).toEqual(['New York']);
  });
  test('columns are chosen by number', () => {
    const text = 'a b c\nd e f\n\na b c\n';
    expect(readTagged(text, { text: '2', label: '1' }).texts[0]).toEqual({ content: ['b', 'e'], labels: ['a', 'd'] });
    expect(() => readTagged(text, { label: '4' })).toThrow(expect.objectContaining({ code: 'labels.column' }));
  });
  test.each([
    ['labels.one-column', 'The\tDT\ndog\nbarks\tVBZ\n\nGo\tVB\n', 2],
    ['labels.no-blank-line', 'The\tDT\ndog\tNN\nbarks\tVBZ\n', null],
    ['labels.no-texts', '\n \n', null],
  ])('%s is refused', (code, text, line) => {
    expect(() => readTagged(text)).toThrow(expect.objectContaining({ code, line }));
  });
});

describe('tables of texts and labels', () => {
  const rows = [
    ['A fine film, truly', 'pos'],
    ['I left\nafter "half" of it', 'neg'],
    ['Splendid music throughout', 'pos'],
    ['Dull and far too long', 'neg'],
  ];
  const texts = rows.map(([content, label]) => ({ content, labels: [label] }));
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  test.each([
    ['commas and quotes', `text,label\n${rows.map((row) => row.map((cell) => quoted(cell!)).join(',')).join('\n')}\n`],
    ['no heading', `${rows.map((row) => row.map((cell) => quoted(cell!)).join(',')).join('\n')}\n`],
    ['label first, tabs', `sentiment\treview\n${rows.map(([a, b]) => `${b}\t${quoted(a!)}`).join('\n')}\n`],
    [
      'an id and semicolons',
      `id;label;comment\n${rows.map(([a, b], i) => `${i + 1};${b};${quoted(a!)}`).join('\n')}\n`,
    ],
  ])('%s', (_, file) => {
    expect(readTable(file).texts).toEqual(texts);
  });
  test('numbers can be labels', () => {
    const file = `text,stars\n${['so very good', 'quite awful really', 'nice enough place', 'never again please'].map((t, i) => `${t},${i % 2}`).join('\n')}`;
    expect(readTable(file)).toMatchObject({ reading: { text: 'text', label: 'stars', headerLine: 1 } });
  });
  test('rows without text or label are left out and counted', () => {
    const file = `text,label\n,pos\na text here now,\n${rows.map((row) => row.map((cell) => quoted(cell!)).join(',')).join('\n')}\n`;
    const read = readTable(file);
    expect(read.texts).toEqual(texts);
    expect(read.notes).toEqual([
      { code: 'labels.empty-texts', facts: { count: 1 } },
      { code: 'labels.without-label', facts: { count: 1 } },
    ]);
  });
  test('a heading alone has no rows', () => {
    expect(() => readTable('text,label\n')).toThrow(expect.objectContaining({ code: 'data.header-only' }));
  });
  test('columns are chosen by name, and must be there', () => {
    const file = 'a,b,c\nlong words here,x,u\nmore words there,y,u\nwords and words,x,v\nother words again,y,v\n';
    expect(readTable(file, { label: 'c' }).texts[0]!.labels).toEqual(['u']);
    expect(() => readTable(file, { label: 'd' })).toThrow(expect.objectContaining({ code: 'labels.column' }));
    expect(() => readTable('a,b\n1,2\n3,4\n5,6\n')).toThrow(expect.objectContaining({ code: 'labels.no-column' }));
  });
});

describe('words', () => {
  test('are runs of letters, signs alone, letters alone where no blanks are written', () => {
    expect(wordsOf("Don't stop, it's 3.5!")).toEqual(["Don't", 'stop', ',', "it's", '3', '.', '5', '!']);
    expect(wordsOf('맛있는 집이다 好吃')).toEqual(['맛있는', '집이다', '好', '吃']);
    // beside letters of other scripts too
    expect(wordsOf("DVDを3枚 ab'漢c")).toEqual(['DVD', 'を', '3', '枚', 'ab', "'", '漢', 'c']);
  });
  test('of whole texts in small letters, of sentences as they are', () => {
    expect(tokensOf({ content: 'A  B' }, 'word')).toEqual(['a', 'b']);
    expect(tokensOf({ content: 'A  B' }, 'character')).toEqual(['A', ' ', 'B']);
    expect(tokensOf({ content: ['A', 'b'] }, 'word')).toEqual(['A', 'b']);
    expect(keyOf({ content: ' A  b' })).toBe(keyOf({ content: ['a', 'B'] }));
  });
});

describe('the vocabulary', () => {
  test('has what is common; the rare goes by its shape', () => {
    const texts = [
      ['the', 'dog', 'the', 'running'],
      ['The', 'jumping', 'swimming', 'singing', 'dog', '1984', 'Anna'],
    ];
    const lexicon = lexiconOf(texts, { unit: 'word', most: 10, rare: 2 });
    expect(lexicon.words).toEqual(['dog', 'the']);
    // running, jumping, swimming and singing end alike: -g, -ng, -ing, letters; -ning or -1984 are too few
    expect(new Set(lexicon.shapes)).toEqual(new Set(['-ing', '-ng', '-g', 'letters']));
    const numberOf = numbering(lexicon);
    expect(numberOf('The')).toBe(numberOf('the'));
    expect(numberOf('flying')).toBe(2 + lexicon.shapes.indexOf('-ing'));
    expect(numberOf('2001')).toBe(unknown);
    expect(sizeOf(lexicon)).toBe(2 + 4 + 2);
  });
  test('is cut by frequency', () => {
    const lexicon = lexiconOf([['a', 'b', 'b', 'c', 'c', 'c']], { unit: 'character', most: 2, rare: 1 });
    expect(lexicon).toEqual({ unit: 'character', shapes: [], words: ['c', 'b'] });
  });
  test.each([
    ['Running', ['capital -ing', 'capital -ng', 'capital -g', 'capital']],
    ['NATO', ['capitals -ato', 'capitals -to', 'capitals -o', 'capitals']],
    ['co-operate', ['hyphen -ate', 'hyphen -te', 'hyphen -e', 'hyphen']],
    ['3rd', ['digits -d', 'digits']],
    ['1,984', ['digits']],
    ['...', ['signs']],
    ['I', ['capital']],
  ])('%s looks like %j', (word, shapes) => {
    expect(shapesOf(word)).toEqual(shapes);
  });
});

describe('parts', () => {
  const texts = Array.from({ length: 400 }, (_, i) => ({
    content: `text number ${i % 300}`,
    labels: [i % 4 === 0 ? 'b' : 'a'],
  }));
  const split: [number, number, number] = [0.8, 0.1, 0.1];
  test.each(['shuffled', 'file'] as const)('equal texts are never on both sides (%s)', (order) => {
    const parts = partsOf(texts, { split, order });
    const keys = (part: keyof typeof parts) => new Set(parts[part].map((i) => keyOf(texts[i]!)));
    const [train, validation, test] = [keys('train'), keys('validation'), keys('test')];
    expect([...train].filter((key) => validation.has(key) || test.has(key))).toEqual([]);
    expect([...validation].filter((key) => test.has(key))).toEqual([]);
    expect(parts.train.length + parts.validation.length + parts.test.length).toBe(400);
    expect(Math.abs(parts.test.length - 40)).toBeLessThan(8);
    expect(repeatedIn(texts)).toBe(100);
  });
  test('every part has its share of each class', () => {
    const parts = partsOf(texts, { split, order: 'shuffled' });
    for (const part of ['train', 'validation', 'test'] as const) {
      const own = parts[part].map((i) => texts[i]!.labels[0]);
      expect(own.filter((label) => label === 'b').length / own.length).toBeCloseTo(0.25, 1);
    }
  });
  test('in the order of the file the beginning is learned and the end judged', () => {
    const plain = Array.from({ length: 10 }, (_, i) => ({ content: `t${i}`, labels: ['a'] }));
    expect(partsOf(plain, { split, order: 'file' })).toEqual({
      train: [0, 1, 2, 3, 4, 5, 6, 7],
      validation: [8],
      test: [9],
    });
  });
  test('a text is in the same part wherever it stands in the file', () => {
    const plain = Array.from({ length: 50 }, (_, i) => ({ content: `t${i}`, labels: ['a'] }));
    const there = (order: typeof plain) =>
      partsOf(order, { split, order: 'shuffled' })
        .test.map((i) => order[i]!.content)
        .sort();
    expect(there(plain)).toEqual(there(plain.toReversed()));
  });
});

describe('new texts for a trained model', () => {
  const trained = (reading: LabelledReading) => ({
    kind: 'classification' as const,
    dataset: { reading } as LabelledRecord['dataset'],
  });
  const contents = (text: string, reading: LabelledReading = { text: 'review', label: 'stars' }, chosen = {}) =>
    readPlain(text, trained(reading), chosen).map(({ content, labels }) => [content, ...labels]);
  const prose = Array.from({ length: 6 }, (_, i) => `When the cat, tired and slow, came home ${i}, it slept`);

  test('sentences with commas on every line are texts, not rows', () => {
    expect(contents(prose.join('\n'))).toEqual(prose.map((line) => [line]));
    expect(contents(prose.map((line) => line.replaceAll(',', ';')).join('\n'))).toHaveLength(6);
  });
  test.each([
    [
      'the trained columns',
      'review,stars\n"a, b",1\n"c, d",2\n',
      [
        ['a, b', '1'],
        ['c, d', '2'],
      ],
    ],
    ['a name that says so', 'id, text\n1, first of all\n2, second of all\n', [['first of all'], ['second of all']]],
    [
      'no blank behind the commas',
      'number,said\n1,first of them\n2,second of them\n3,third of them\n',
      [['first of them'], ['second of them'], ['third of them']],
    ],
  ])('%s: a table', (_, text, expected) => {
    expect(contents(text)).toEqual(expected);
  });
  test('what is said of the columns is taken', () => {
    expect(contents(prose.join('\n'), {}, { text: '2', headerLine: 0 })[0]).toEqual(['tired and slow']);
  });
});
