import { expect, test } from 'vitest';
import { colourOf } from '../../src/renderer/charts/drawing';

test.each([
  ['rgb(10 20 30 / 22%)', { colour: 'rgb(10, 20, 30)', opacity: 0.22 }],
  ['rgba(10, 20, 30, 0.5)', { colour: 'rgb(10, 20, 30)', opacity: 0.5 }],
  ['rgb(10, 20, 30)', { colour: 'rgb(10, 20, 30)', opacity: 1 }],
  ['#c94a06', { colour: '#c94a06', opacity: 1 }],
])('%s in the older way', (colour, wanted) => {
  expect(colourOf(colour)).toEqual(wanted);
});
