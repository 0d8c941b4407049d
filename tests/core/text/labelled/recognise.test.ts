import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { reviewsTable, sentencesTable } from '../../../../scripts/texts.mjs';
import { kindOf, kindOfBytes } from '../../../../src/core/text/recognise';

const folder = fileURLToPath(new URL('../../../fixtures/csv/', import.meta.url));

describe('what a file is, by its first lines', () => {
  test('every table of series among the fixtures stays one for the reader of tables, or a text', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(200);
    const taken = files.filter(({ parentPath, name }) => {
      const bytes = readFileSync(`${parentPath}/${name}`).subarray(0, 1 << 16);
      try {
        return ['tagging', 'classification'].includes(kindOfBytes(bytes));
      } catch {
        return false;
      }
    });
    expect(taken.map(({ name }) => name)).toEqual([]);
  });

  const prose =
    'It was the best of times, it was the worst of times,\nit was the age of wisdom, it was the age\nof foolishness.\n';
  test.each([
    ['tagging', sentencesTable(40)],
    ['tagging', 'The DT\ndog NN\nbarks VBZ\n. .\n\nA DT\ncat NN\nbarks VBZ\n. .\n\nThe DT\ncat NN\n. .\n'],
    ['tagging', '나는\tNP\n학교에\tNNG\n간다\tVV\n.\tSF\n\n너는\tNP\n집에\tNNG\n온다\tVV\n.\tSF\n'],
    // the blank line is missing: that is to be said by whoever reads tags
    ['tagging', 'the\tD\ndog\tN\nthe\tD\ncat\tN\na\tD\ncow\tN\n'],
    ['classification', reviewsTable(40)],
    [
      'classification',
      `id\treview\tlabel\n${Array.from({ length: 12 }, (_, i) => `${i}\tno two of these ${i} are alike\t${i % 2}`).join('\n')}\n`,
    ],
    [
      'classification',
      `문장,감정\n${Array.from({ length: 8 }, (_, i) => `"오늘 본 영화 ${i}편은 정말, 좋았다",${i % 2 ? '긍정' : '부정'}`).join('\n')}\n`,
    ],
    [
      'table',
      `date,close\n${Array.from({ length: 20 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},${i * 1.5}`).join('\n')}\n`,
    ],
    [
      'table',
      `date,what the day was like,value\n${Array.from({ length: 20 }, (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},some words of day ${i},${i * 1.5}`).join('\n')}\n`,
    ],
    // nor do tags come again: that is to be said too
    ['tagging', 'the\tA\ndog\tB\nruns\tC\n.\tD\n\nthe\tE\ncat\tF\nruns\tG\n.\tH\n'],
    ['tagging', Array.from({ length: 8 }, (_, i) => `the A${i}\ndog B${i}\nruns C${i}\n. D${i}\n`).join('\n')],
    ['text', 'roses are\nred all\n\nviolets lie\nblue now\n\nsugar is\nsweet still\n'],
    ['classification', 'text,label\nnobody said what this is,\nnor of what kind that is,\n'],
    ['classification', 'label,text\npos,\nneg,\npos,\n'],
    [
      'table',
      `date,title,score\n${Array.from({ length: 20 }, (_, i) => `2024-01-${i + 10},a day,${i * 1.5}`).join('\n')}\n`,
    ],
    ['text', ''],
    ['text', ' \n\n\t\n'],
    ['text', prose.repeat(4)],
    ['text', 'int main(void)\n{\n  return 0;\n}\n'],
  ])('%s: %j', (kind, begins) => {
    expect(kindOf(begins)).toBe(kind);
  });
});
