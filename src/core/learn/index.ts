import type { WindowTable } from '../data/windows';
import { LabError } from '../errors';
import { compile, instantiate, kernelsHere, newMemory } from '../kernels/index';
import type { ModelSpec } from '../nn/model';
import type { KernelName } from '../settings';
import type { Control, Engine, TrainEvent, Trained, TrainRequest, Weights } from './engine';
import { Forecaster } from './forecaster';
import { planTraining } from './plan';
import { Seat } from './session';
import { placeTable } from './table';
import { alone, training } from './train';

export { parameterCount, parameterTable } from '../nn/model';

export interface EngineOptions {
  /** `best`: relaxed where this engine has it. A host that wants it on older V8 sets the flag before. */
  kernels: KernelName | 'best';
  threads: number;
}

/** Milliseconds a training may hold the thread it runs on before it lets the host breathe. */
const breathMilliseconds = 30;

export function createEngine({ kernels, threads }: EngineOptions): Engine {
  const name = kernels === 'best' ? kernelsHere() : kernels;
  if (name === 'relaxed' && kernelsHere() !== 'relaxed') throw new LabError('experiment.no-relaxed-kernels');
  return new LocalEngine(name, threads);
}

class LocalEngine implements Engine {
  readonly kernels: KernelName;
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  #forecaster: Forecaster | null = null;

  constructor(kernels: KernelName, threads: number) {
    this.kernels = kernels;
    this.threads = threads;
    this.#module = compile(kernels);
  }

  async *train(request: TrainRequest, control: Control): AsyncGenerator<TrainEvent, Trained> {
    const plan = planTraining(request, 1);
    const memory = newMemory(plan.bytes);
    const order = placeTable(plan, memory, request.table);
    const k = instantiate(this.#module, memory);
    const seat = new Seat(plan, 0, k, new Float32Array(memory.buffer), request.options);
    const steps = training(seat, alone(seat), order, request.options, control);
    let breath = control.now();
    for (;;) {
      const { value, done } = steps.next();
      if (done) return value;
      if (value) yield value;
      if (control.now() - breath < breathMilliseconds) continue;
      await control.breathe();
      await control.whileAllowed();
      breath = control.now();
    }
  }

  predict(model: ModelSpec, weights: Weights, table: WindowTable, starts: Int32Array): Float32Array {
    return this.#ready(model, weights, table, 1).predict(starts);
  }

  rollOut(model: ModelSpec, weights: Weights, table: WindowTable, starts: Int32Array, horizon: number): Float32Array {
    return this.#ready(model, weights, table, horizon).rollOut(starts, horizon);
  }

  /** The memory of the last forecast is used again when the model and the table's size are the same. */
  #ready(model: ModelSpec, weights: Weights, table: WindowTable, horizon: number): Forecaster {
    if (this.#forecaster?.key !== Forecaster.keyOf(model, table, horizon))
      this.#forecaster = new Forecaster(this.#module, model, table, horizon);
    this.#forecaster.take(weights, table);
    return this.#forecaster;
  }

  close(): void {
    this.#forecaster = null;
  }
}
