import { expect, test } from 'vitest';
import type { MenuVerb } from '../../src/core/protocol';
import { onScreen } from '../../src/main/bounds';
import { type MenuEntry, menuTemplate } from '../../src/main/menu';

const recent = { id: 'f1', name: 'R&D.csv', opened: '', rows: 1, example: null, here: true };

test('the menu opens files, those opened last among them, and help', () => {
  const told: MenuVerb[] = [];
  const template = menuTemplate([recent, { ...recent, id: 'f2', here: false }], (verb) => told.push(verb), 'linux');
  const all = (entries: MenuEntry[]): MenuEntry[] => entries.flatMap((entry) => [entry, ...all(entry.submenu ?? [])]);
  for (const { click } of all(template)) click?.();
  expect(told).toEqual([
    { verb: 'open' },
    { verb: 'recent', id: 'f1' },
    { verb: 'recent', id: 'f2' },
    { verb: 'glossary' },
    { verb: 'shortcuts' },
  ]);
  expect(
    all(template)
      .filter(({ label }) => label === 'R&&D.csv')
      .map(({ enabled }) => enabled),
  ).toEqual([true, false]);
  expect(menuTemplate([], () => {}, 'darwin')[0]).toEqual({ role: 'appMenu' });
});

test('a window stands where it stood, unless that screen is gone', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const bounds = { x: 100, y: 50, width: 1200, height: 800 };
  expect(onScreen(bounds, screens)).toEqual(bounds);
  expect(onScreen({ ...bounds, x: 2000 }, screens)).toBeNull();
  expect(onScreen({ ...bounds, y: -900 }, screens)).toBeNull();
  expect(onScreen(null, screens)).toBeNull();
});
