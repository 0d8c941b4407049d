import { expect, test } from 'vitest';
import type { InsideWindow } from '../../src/core/inside/view';
import type { RunRecord } from '../../src/core/run';
import { Inside } from '../../src/renderer/state/inside.svelte';
import type { Workspace } from '../../src/renderer/state/workspace.svelte';

const run = (id: string) => ({ id, cell: 'gru', name: id }) as RunRecord;

/** A lab that answers when told to, with the window that was asked for, or the last one, row 90. */
function held() {
  const asked: { call: string; input: InsideWindow; answer: () => void }[] = [];
  const lab = {
    call: (call: string, input: InsideWindow) =>
      new Promise((resolve) => {
        const at = typeof input.at === 'number' ? input.at : 90;
        const layer = { states: { h: [[0]] }, gradient: null };
        const stacks = [{ name: 'network', steps: 1, layers: [layer] }];
        const probe = {
          run: input.run,
          at,
          lookback: 4,
          stacks,
          inputs: [],
          forecast: [],
          targets: ['y'],
          target: 'y',
        };
        asked.push({
          call,
          input,
          answer: () => resolve(call === 'inside.epochs' ? { run: input.run, epochs: [] } : probe),
        });
      }),
  };
  return { asked, inside: new Inside({ lab, shown: null, trouble: null } as unknown as Workspace) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a window that is asked for while another is on its way is the one that is shown', async () => {
  const { asked, inside } = held();
  void inside.turnTo([run('a')]);
  // the slider is moved before the answer is there
  void inside.change({ at: 20 });
  asked[0]!.answer();
  await settled();
  expect(inside.probe?.at).toBe(90);
  expect(asked[1]).toMatchObject({ call: 'inside.probe', input: { run: 'a', at: 20 } });
  asked[1]!.answer();
  await settled();
  expect([inside.probe?.at, inside.at]).toEqual([20, 20]);
});

test('nothing asked of one experiment is asked of the next', async () => {
  const { asked, inside } = held();
  const answered = async () => {
    for (let i = 0; i < asked.length; i++) {
      asked[i]!.answer();
      await settled();
    }
  };
  void inside.turnTo([run('a')]);
  await answered();
  void inside.change({ at: 20, epoch: 3, lookback: 8, target: 'x' });
  await answered();
  const wanted = { run: 'a', at: 20, epoch: 3, lookback: 8, target: 'x' };
  expect(asked.map(({ input }) => input)).toContainEqual(wanted);
  asked.length = 0;
  // another model of the same experiment is beside it: the window stays
  void inside.turnTo([run('a'), run('b')]);
  await answered();
  expect(asked[0]!.input).toEqual(wanted);
  asked.length = 0;
  void inside.turnTo([run('c')]);
  expect(asked[0]!.input).toEqual({ run: 'c' });
});
