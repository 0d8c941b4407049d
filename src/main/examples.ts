import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Example } from '../core/protocol';

/** Real series that come with the program. The build copies their files beside it; nothing is fetched. */
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
];
