import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabError } from '../../src/core/errors';
import type { CallName } from '../../src/core/protocol';
import { callNames } from '../../src/main/calls';
import { bundledExamples } from '../../src/main/examples';
import { Lab } from '../../src/main/lab';
import { Store } from '../../src/main/store';

/** What a page may send is anything at all: each of it is answered, or refused in a sentence. */
let folder = '';
let lab: Lab;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-door-'));
  lab = new Lab({
    version: '0',
    store: new Store(join(folder, 'project')),
    startTrainer: ({ event }) => {
      setImmediate(() => event({ type: 'ready', kernels: 'plain', threads: 1 }));
      return { post() {}, close() {} };
    },
    examples: bundledExamples,
  });
});
afterAll(async () => {
  lab.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const nasty = fc.constantFrom(
  '../../etc/passwd',
  '..',
  '.',
  '',
  '\0',
  '__proto__',
  'constructor',
  'a'.repeat(5000),
  '💥',
);
const value = fc.oneof(fc.anything({ withNullPrototype: true, maxDepth: 3 }), nasty, fc.double(), fc.jsonValue());
/** Fields that calls do have, with what they never hold. */
const fields = [
  'run',
  'runs',
  'dataset',
  'text',
  'texts',
  'settings',
  'source',
  'ticket',
  'experiment',
  'state',
  'epochs',
];
const input = fc.oneof(value, fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 5 }));

test('whatever is sent to whichever call, the answer is one or a sentence of the catalogue', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...callNames), input, async (name, given) => {
      try {
        await lab.call(name, given);
      } catch (thrown) {
        expect(thrown, `${name} ${fc.stringify(given)}`).toBeInstanceOf(LabError);
        expect((thrown as LabError).code).not.toBe('host.bug');
        expect((thrown as LabError).message).not.toMatch(/\n\s+at /);
      }
    }),
    { numRuns: 2000 },
  );
});

test('names that are no calls are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), nasty), async (name) => {
      fc.pre(!(callNames as string[]).includes(name));
      await expect(lab.call(name as CallName, {})).rejects.toMatchObject({ code: 'host.unknown-call' });
    }),
  );
});

test('runs of any name that are asked for well are unknown, never looked for outside of the project', async () => {
  const calls = [
    'run.show',
    'run.delete',
    'run.restore',
    'run.goOn',
    'run.annotate',
    'inside.probe',
    'text.write',
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...calls), fc.oneof(nasty, fc.string({ minLength: 1 })), async (call, run) => {
      const asked =
        call === 'text.write' ? { run, prime: '', length: 1, temperature: 1, seed: 1 } : { run, runs: [run] };
      const given = ['run.delete', 'run.restore', 'run.goOn'].includes(call)
        ? { runs: [run] }
        : { ...asked, runs: undefined };
      const { runs: _, ...one } = given as { runs?: string[] };
      const code = await lab.call(call, 'runs' in given && given.runs ? given : one).then(
        () => null,
        (thrown) => thrown.code,
      );
      expect(['host.unknown-run', 'host.bad-option']).toContain(code);
    }),
    { numRuns: 400 },
  );
});
