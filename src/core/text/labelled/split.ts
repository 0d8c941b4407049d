import type { TextParts } from '../record';
import type { GivenText } from './record';
import type { LabelledSettings } from './settings';
import { keyOf } from './words';

/**
 * The texts of each part, by their numbers. Equal texts stay together, so that none is learned and judged. Shuffled means ordered
 * by a hash of the words: whatever the seed, a text is in the same part. Then texts with one label each are dealt out class by
 * class, so that every part has its share of each (stratified).
 */
export function partsOf(texts: readonly GivenText[], { split, order }: Pick<LabelledSettings, 'split' | 'order'>) {
  const parts: TextParts<number[]> = { train: [], validation: [], test: [] };
  const groups = [...groupsOf(texts)];
  const strata = new Map<string, number[][]>();
  for (const [, group] of order === 'shuffled' ? groups.map(hashed).sort(byHash) : groups) {
    const { content, labels } = texts[group[0]!]!;
    const stratum = order === 'shuffled' && typeof content === 'string' ? labels[0]! : '';
    const own = strata.get(stratum);
    if (own) own.push(group);
    else strata.set(stratum, [group]);
  }
  for (const own of strata.values()) deal(own, split, parts);
  const ascending = (numbers: number[]) => numbers.sort((a, b) => a - b);
  return { train: ascending(parts.train), validation: ascending(parts.validation), test: ascending(parts.test) };
}

/** Texts of the same words, in the order of the file. */
function groupsOf(texts: readonly GivenText[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  texts.forEach((text, i) => {
    const key = keyOf(text);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  return groups;
}

/** Texts beside the first of each group. */
export const repeatedIn = (texts: readonly GivenText[]): number => texts.length - groupsOf(texts).size;

/** A group goes where its middle falls. */
function deal(groups: number[][], split: readonly number[], parts: TextParts<number[]>): void {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  const all = split.reduce((a, b) => a + b, 0);
  const [first, second] = [split[0]! / all, (split[0]! + split[1]!) / all];
  let before = 0;
  for (const group of groups) {
    const at = (before + group.length / 2) / total;
    const part = at < first ? 'train' : at < second ? 'validation' : 'test';
    parts[part].push(...group);
    before += group.length;
  }
}

const hashed = ([key, group]: [string, number[]]): [number, number[]] => [hashOf(key), group];
const byHash = ([a, m]: [number, number[]], [b, n]: [number, number[]]) => a - b || m[0]! - n[0]!;

/** FNV-1a over the characters' codes, its bits mixed once more (the end of MurmurHash3, Appleby). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
