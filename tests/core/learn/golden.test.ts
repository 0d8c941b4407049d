import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/core/learn';
import type { TrainRequest } from '../../../src/core/learn/engine';
import { planTraining } from '../../../src/core/learn/plan';
import { Seat } from '../../../src/core/learn/session';
import { alone, Lesson } from '../../../src/core/learn/train';
import { parameterTable } from '../../../src/core/nn/parameters';
import { backends, difference, flat, floor } from '../nn/workbench';
import { options, spec } from './lesson';

/** The whole run of the reference: 52 windows of 8 as one batch, 60 steps of clipped Adam, then five steps past the end. */
function setUp(kind: string) {
  const g = JSON.parse(readFileSync(new URL(`../../fixtures/golden/train_${kind}.json`, import.meta.url), 'utf8'));
  const rows = g.series.length;
  const request: TrainRequest = {
    model: spec(kind.startsWith('rnn') ? 'rnn' : (kind as 'lstm'), {
      activation: kind === 'rnn_relu' ? 'relu' : 'tanh',
      H: g.H,
    }),
    table: {
      rows,
      D: 1,
      targetColumns: 1,
      inputs: Float32Array.from(g.series),
      T: g.window,
      firstStep: 1,
      steps: 1,
      centre: 'none',
      starts: {
        train: Int32Array.from({ length: rows - g.window }, (_, s) => s),
        validation: new Int32Array(0),
        test: new Int32Array(0),
      },
    },
    options: { ...options, batch: rows - g.window, clip: g.clip_max_norm, learningRate: 0.01 },
  };
  const named = (w: { weights: object; head: object }) =>
    parameterTable(request.model).flatMap(({ name }) =>
      flat(name.startsWith('head.') ? w.head[name.slice(5) as never] : w.weights[name as never]),
    );
  return { g, request, named };
}

describe.each(backends)('%s: a whole training equals PyTorch', (backend) => {
  test.each(['rnn_tanh', 'rnn_relu', 'lstm', 'gru'])('%s', (kind) => {
    const { g, request, named } = setUp(kind);
    const plan = planTraining(request, 1);
    const { k, f, i } = floor(backend, plan.bytes);
    // the series in the memory's own precision
    f.set(g.series, plan.tableAt / 4);
    const order = i.subarray(plan.trainAt / 4, plan.trainAt / 4 + plan.table.train);
    order.set(request.table.starts.train);
    const seat = new Seat(plan, 0, k, f, request.options);
    const lesson = new Lesson(seat, alone(seat), order, request.options);
    f.set(named(g), plan.network.weights / 4);
    seat.net.pack();
    const within = backend === 'twin64' ? 1e-10 : 2e-4;
    for (let step = 0; step < g.steps; step++) {
      lesson.beginEpoch(1);
      expect(lesson.step(0)).toBe(null);
      expect(Math.abs(lesson.trainLoss - g.losses[step]) / g.losses[step], `loss ${step}`).toBeLessThan(within);
      expect(Math.abs(lesson.meanNorm - g.grad_norms[step]) / g.grad_norms[step], `norm ${step}`).toBeLessThan(
        10 * within,
      );
    }
    const weights = Array.from(f.subarray(plan.network.weights / 4, plan.network.weights / 4 + seat.net.count));
    expect(difference(weights, named(g.after))).toBeLessThan(within);
    if (backend === 'twin32' || backend === 'twin64') return;
    const engine = createEngine({ kernels: backend, threads: 1 });
    const last = Int32Array.of(g.series.length - g.window);
    const rolled = engine.rollOut(request.model, Float32Array.from(weights), request.table, last, 5);
    expect(difference([...rolled], g.recursive_forecast_5)).toBeLessThan(within);
  });
});
