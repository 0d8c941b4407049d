import type { Chart } from 'chart.js';
import { expect, test } from 'vitest';
import { svgOf } from '../../src/core/draw/svg';
import { colourOf, drawingOf } from '../../src/renderer/charts/drawing';
import type { Palette } from '../../src/renderer/charts/palette';

test.each([
  ['rgb(10 20 30 / 22%)', { colour: 'rgb(10, 20, 30)', opacity: 0.22 }],
  ['rgba(10, 20, 30, 0.5)', { colour: 'rgb(10, 20, 30)', opacity: 0.5 }],
  ['rgb(10, 20, 30)', { colour: 'rgb(10, 20, 30)', opacity: 1 }],
  ['#c94a06', { colour: '#c94a06', opacity: 1 }],
])('%s in the older way', (colour, wanted) => {
  expect(colourOf(colour)).toEqual(wanted);
});

test('bars keep their places and stay as faint on paper as on the screen', () => {
  const scale = { type: 'linear', options: {}, ticks: [], getPixelForValue: (value: number) => value };
  const bar = { getProps: () => ({ x: 30, y: 20, base: 90, width: 10 }) };
  const chart = {
    width: 200,
    height: 100,
    chartArea: { left: 10, top: 10, right: 190, bottom: 90 },
    scales: { x: scale, y: scale },
    options: {},
    data: { datasets: [{ data: [1, 2], backgroundColor: ['rgb(1, 2, 3)', 'rgb(1 2 3 / 30%)'] }] },
    getDatasetMeta: () => ({ type: 'bar', data: [bar, bar] }),
  } as unknown as Chart;
  const palette = { ink: 'black', ink3: 'grey', grid: 'silver', surface: 'white' } as Palette;
  const drawing = drawingOf(chart, { title: '', summary: '', legend: [], font: 'sans-serif' }, palette);
  const place = { left: 25, top: 20, width: 10, height: 70, colour: 'rgb(1, 2, 3)' };
  expect(drawing.bars).toEqual([
    { ...place, colour: 'rgb(1, 2, 3)', opacity: 1 },
    { ...place, opacity: 0.3 },
  ]);
  expect(svgOf(drawing)).toContain('fill="rgb(1, 2, 3)" fill-opacity="0.3"');
});
