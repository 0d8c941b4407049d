import type { WindowTable } from '../data/windows';
import type { TrainPlan } from './plan';

/** The series and its windows into a training's memory; returns the training windows there, in their first order. */
export function placeTable(plan: TrainPlan, memory: WebAssembly.Memory, table: WindowTable): Int32Array {
  new Float32Array(memory.buffer, plan.tableAt).set(table.inputs);
  new Float32Array(memory.buffer, plan.levelsAt).set(plan.model.quantiles ?? []);
  if (table.labels && plan.labels) {
    const { train, validation, weights } = table.labels;
    new Float32Array(memory.buffer, plan.labels.train).set(train);
    new Float32Array(memory.buffer, plan.labels.validation).set(validation);
    new Float32Array(memory.buffer, plan.labels.weights).set(weights);
  }
  const { train, validation } = table.starts;
  new Int32Array(memory.buffer, plan.validationAt).set(validation);
  const order = new Int32Array(memory.buffer, plan.trainAt, train.length);
  order.set(train);
  return order;
}
