import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Example } from '../core/protocol';

/** Series that come with the program, measured ones and a generated one. The build copies their files beside it; nothing is fetched. */
export interface BundledExample extends Example {
  path: string;
}

const folder = fileURLToPath(new URL('../examples', import.meta.url));

export const bundledExamples: BundledExample[] = [
  {
    name: 'sp500',
    title: 'S&P 500, daily, 2000 to 2020',
    source: 'vega-datasets, sp500-2000.csv (historical prices as published by Yahoo Finance)',
    licence: 'BSD-3-Clause',
    path: join(folder, 'sp500-2000.csv'),
  },
  {
    name: 'activity',
    title: 'Rest, walk, run and climb, every second',
    source: 'generated (scripts/activity.mjs, seed 20)',
    licence: 'MIT',
    path: join(folder, 'activity.csv'),
  },
  {
    name: 'dayload',
    title: 'Load of a small town, 24 hours a day in a row',
    source: 'generated (scripts/dayload.mjs, seed 24)',
    licence: 'MIT',
    path: join(folder, 'dayload.csv'),
  },
];
