import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import type { TrainerCommand } from '../../src/core/protocol';
import { trainerProcess } from '../../src/main/trainer-link';

const file = fileURLToPath(new URL('../fixtures/trainer/dies.mjs', import.meta.url));
const start = trainerProcess(file);
const command = (how: unknown) => how as TrainerCommand;

test('typed arrays cross to the process and back as they are', async () => {
  const event = vi.fn();
  const link = start({ event, lost: vi.fn() });
  const values = { values: [Float64Array.of(1.5, Number.NaN)], bytes: Uint8Array.of(1, 2) };
  link.post(command(values));
  await vi.waitFor(() => expect(event).toHaveBeenCalledWith(values));
  link.close();
});

test('behind a window training gives way; on the command line it does not', async () => {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  const asked = async (behindWindow: boolean) => {
    const event = vi.fn();
    const link = trainerProcess(file, { behindWindow })({ event, lost: vi.fn() });
    link.post(command('priority'));
    await vi.waitFor(() => expect(event).toHaveBeenCalled());
    link.close();
    return event.mock.calls[0]![0];
  };
  expect(await asked(false)).toEqual({ priority: getPriority() });
  expect(await asked(true)).toEqual({ priority: Math.max(getPriority(), PRIORITY_BELOW_NORMAL) });
});

test.each([
  ['killed', 'SIGKILL'],
  [3, 'exit status 3'],
])('a process that ends (%s) is reported once, with the reason', async (how, reason) => {
  const lost = vi.fn();
  const link = start({ event: vi.fn(), lost });
  link.post(command(how));
  await vi.waitFor(() => expect(lost).toHaveBeenCalledExactlyOnceWith(reason));
  // and what is posted to it afterwards goes nowhere
  link.post(command(how));
});

test('a process that was closed is not called lost', async () => {
  const lost = vi.fn();
  const first = start({ event: vi.fn(), lost });
  first.close();
  const other = vi.fn();
  start({ event: vi.fn(), lost: other }).post(command('killed'));
  await vi.waitFor(() => expect(other).toHaveBeenCalled());
  expect(lost).not.toHaveBeenCalled();
});

test('a program that is not there is a lost one', async () => {
  const lost = vi.fn();
  trainerProcess('/nowhere/trainer.js')({ event: vi.fn(), lost });
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
});
