import { expect, test } from 'vitest';
import { explain } from '../../src/core/errors';
import { messages } from '../../src/renderer/messages';

/** Every leaf as its path and what it says; functions are asked with stand-ins for their facts. */
function leaves(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'function') {
    const facts = Array.from({ length: node.length }, () => '7');
    return [[path, String((node as (...facts: string[]) => string)(...facts))]];
  }
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as object).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
}

const en = new Map(leaves(messages.en));
const ko = new Map(leaves(messages.ko));

test('both languages say the same things', () => {
  expect([...ko.keys()].sort()).toEqual([...en.keys()].sort());
});

test('nothing is left empty', () => {
  expect([...en, ...ko].filter(([, said]) => said.trim() === '')).toEqual([]);
});

test('Korean is Korean, but for names that are the same everywhere', () => {
  const international =
    /^(?:app\.title|.*\.cells\..*|models\.(?:mae|rmse|mase|smape|r2)|runs\.mae|settings\.options\..*|taking\.formats\.(?:onnx|safetensors)\.name|shortcuts\.list\.\d+\.0|terms\.words\.(?:mae|rmse|mase)\.name|terms\.words\..*\.formula)$/;
  const foreign = [...ko].filter(
    ([path, said]) => !/[가-힣]/.test(said) && !international.test(path) && /[a-z]/i.test(said),
  );
  expect(foreign).toEqual([]);
});

test('English has no Korean in it', () => {
  expect([...en].filter(([, said]) => /[가-힣]/.test(said))).toEqual([]);
});

test('the window’s own codes are in the catalogue', () => {
  for (const language of ['en', 'ko'] as const)
    expect(explain('host.connection-lost', {}, language).remedy).not.toBe('');
});
