import { expect, it } from 'vitest';
import { catalogue, explain, type Facts } from '../../src/core/errors';
import { messages } from '../../src/renderer/messages';
import { worded } from '../../src/renderer/state/wording';

const said = { code: 'plan.preparation', facts: { transform: 'log-diff', scale: 'window' } };

it('calls a choice what the window calls it, in either language', () => {
  const english = worded(said, messages.en, 'en').message;
  expect(english).toContain(messages.en.settings.options['log-diff']);
  expect(english).not.toContain('log-diff');
  const korean = worded(said, messages.ko, 'ko').message;
  expect(korean).toContain(messages.ko.settings.options.window);
  expect(korean).not.toContain('window');
});

it('leaves a fact as it is that only happens to read like a choice', () => {
  const { message } = worded({ code: 'plan.lookback', facts: { lookback: 'window' } }, messages.en, 'en');
  expect(message).toContain('window');
});

/** Refusals of the command line's own arguments, of folders and ports: the window has nothing that leads to them. */
const ofTheCommandLine = /^(?:predict\.|experiment\.option-unknown|host\.(?:usage|port|bench-threads))/;
const anything = new Proxy({}, { get: () => 'x' }) as Facts;

it.each(['en', 'ko'] as const)('names no option of the command line in the window (%s)', (language) => {
  const spoken = Object.keys(catalogue).flatMap((code) => {
    const { message, remedy, inWindow } = explain(code, anything, language);
    return /--[a-z]/.test(`${message} ${inWindow ?? remedy}`) ? [code] : [];
  });
  expect(spoken.filter((code) => !ofTheCommandLine.test(code))).toEqual([]);
});
