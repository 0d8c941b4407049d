import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatTime, futureTimes } from '../../../src/core/data/calendar';
import type { Frame, Inspection, ReadingChoices } from '../../../src/core/data/frame';
import { LabError } from '../../../src/core/errors';
import { readBytes } from './reading';

/**
 * One folder of tests/fixtures/csv is one case: the file `input.*` and `expected.json`. Adding one needs no code.
 * Of the inspection, what is named must be so; problems must be exactly those named.
 */
interface Expected {
  /** What the case shows. */
  about: string;
  choices?: ReadingChoices;
  /** A file that must be refused. */
  refused?: { code: string; line?: number };
  inspection?: Partial<Inspection>;
  /** `severity code line count`, in any order; none unless named. */
  problems?: string[];
  question?: { code: string; choices: string[] };
  /** Whole columns, in time order. */
  values?: Record<string, (number | string | null)[]>;
  times?: string[];
  /** Times of the steps after the last row. */
  future?: string[];
}

const folder = fileURLToPath(new URL('../../fixtures/csv', import.meta.url));
const cases = readdirSync(folder).map((name) => {
  const files = readdirSync(join(folder, name));
  const input = files.find((file) => file.startsWith('input.'))!;
  const expected: Expected = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8'));
  return { name, path: join(folder, name, input), input, expected };
});

describe('files as people have them', () => {
  test.each(cases)('$name: $expected.about', async ({ path, input, expected }) => {
    const bytes = readFileSync(path);
    if (expected.refused) {
      const refusal = await readBytes(bytes, expected.choices, input).catch((error) => error);
      expect(refusal).toBeInstanceOf(LabError);
      expect({ code: refusal.code, line: refusal.line, file: refusal.file }).toMatchObject({
        ...expected.refused,
        file: input,
      });
      return;
    }
    const { inspection, frame } = await readBytes(bytes, expected.choices, input);
    const told = inspection.problems.map(({ severity, code, line, count }) => `${severity} ${code} ${line} ${count}`);
    expect(told.sort()).toEqual([...(expected.problems ?? [])].sort());
    expect(inspection).toMatchObject(expected.inspection ?? {});
    const question = inspection.question && {
      code: inspection.question.code,
      choices: inspection.question.choices.map(({ value }) => value),
    };
    expect(question).toEqual(expected.question ?? null);
    expect(frame === null).toBe(expected.question !== undefined);
    if (!frame) return;
    for (const [name, values] of Object.entries(expected.values ?? {}))
      expect(columnOf(frame, name), name).toEqual(values);
    if (expected.times) expect(timesOf(frame, frame.times!)).toEqual(expected.times);
    if (expected.future) expect(timesOf(frame, futureTimes(frame, expected.future.length)!)).toEqual(expected.future);
  });
});

function columnOf(frame: Frame, name: string) {
  const column = frame.columns.find((one) => one.name === name);
  if (column?.kind === 'number') return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  if (column?.kind === 'text') return Array.from(column.codes, (code) => column.labels[code] ?? null);
  if (column?.kind === 'date') return timesOf(frame, column.times);
  return column ?? null;
}

const timesOf = (frame: Frame, times: Float64Array) => Array.from(times, (time) => formatTime(time, frame.dateOnly));
