import type { WindowTable } from '../data/windows';
import { LabError } from '../errors';
import type { LookWindow } from '../inside/look';
import { type LookOptions, Looks } from '../inside/looks';
import { instantiate, newMemory } from '../kernels/index';
import { compile, kernelsHere } from '../kernels/modules';
import type { ModelSpec } from '../nn/model';
import { parameterCount } from '../nn/parameters';
import type { KernelName } from '../settings';
import type { Control, Engine, MemoryRow, TrainEvent, Trained, TrainRequest, TrainState, Weights } from './engine';
import { Forecaster } from './forecaster';
import { Labeller } from './labeller';
import { planTraining, type TrainPlan } from './plan';
import { Pool } from './pool';
import { Reader } from './reader';
import { placeTable } from './table';
import type { StartThread } from './thread';
import { openSeat, placeTokenTable, planTokens, type TokenRequest } from './tokens';
import { alone, training } from './train';

export { parameterCount, parameterTable } from '../nn/parameters';

export interface EngineOptions {
  /** `best`: relaxed where this engine has it. A host that wants it on older V8 sets the flag before. */
  kernels: KernelName | 'best';
  threads: number;
  /** How the host starts a thread; without it trainings run on the caller's own, one thread each. */
  startThread?: StartThread;
  /** A training that would need more is refused before anything is allocated. */
  memoryLimitBytes?: number;
}
const defaultMemoryLimitBytes = 2 ** 31;

/** Models whose memory for forecasting is kept. */
const mostReady = 8;

/** Milliseconds a training may hold the thread it runs on before it lets the host breathe. */
const breathMilliseconds = 30;

export function createEngine(options: EngineOptions): Engine {
  const { kernels } = options;
  const name = kernels === 'best' ? kernelsHere() : kernels;
  if (name === 'relaxed' && kernelsHere() !== 'relaxed') throw new LabError('experiment.no-relaxed-kernels');
  return new WasmEngine(name, options);
}

class WasmEngine implements Engine {
  readonly kernels: KernelName;
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  readonly #pool: Pool | null;
  readonly #looks: Looks;
  readonly #limitBytes: number;
  /** The last used last. */
  readonly #forecasters = new Map<string, Forecaster>();

  constructor(kernels: KernelName, { threads, startThread, memoryLimitBytes }: EngineOptions) {
    this.kernels = kernels;
    this.threads = startThread ? threads : 1;
    this.#module = compile(kernels);
    this.#pool = startThread ? new Pool(this.#module, threads, startThread) : null;
    this.#looks = new Looks(this.#module);
    this.#limitBytes = memoryLimitBytes ?? defaultMemoryLimitBytes;
  }

  memory(request: TrainRequest): { bytes: number; table: MemoryRow[] } {
    const { bytes, memory } = planTraining(request, Math.min(this.threads, request.options.threads));
    return { bytes, table: memory };
  }

  async *train(request: TrainRequest, control: Control): AsyncGenerator<TrainEvent, Trained> {
    const plan = planTraining(request, Math.min(this.threads, request.options.threads));
    refuseTooLarge(plan.bytes, this.#limitBytes);
    const memory = newMemory(plan.bytes);
    const order = placeTable(plan, memory, request.table);
    return yield* this.#run(plan, memory, order, request, control);
  }

  async *trainTokens(request: TokenRequest, control: Control): AsyncGenerator<TrainEvent, Trained> {
    const plan = planTokens(request, Math.min(this.threads, request.options.threads));
    refuseTooLarge(plan.bytes, this.#limitBytes);
    const memory = newMemory(plan.bytes);
    const order = placeTokenTable(plan, memory, request.table);
    return yield* this.#run(plan, memory, order, request, control);
  }

  /** A training that is placed: by the pool's threads, or by this one. */
  async *#run(
    plan: TrainPlan,
    memory: WebAssembly.Memory,
    order: Int32Array,
    { options, from = null }: Pick<TrainRequest, 'options' | 'from'>,
    control: Control,
  ): AsyncGenerator<TrainEvent, Trained> {
    if (from) refuseOther(from, plan);
    if (this.#pool) return yield* this.#pool.train(plan, memory, { options, from }, control);
    const k = instantiate(this.#module, memory);
    const seat = openSeat(plan, 0, k, new Float32Array(memory.buffer), options);
    const steps = training(seat, alone(seat), order, { options, from }, control);
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

  look(model: ModelSpec, weights: Weights, window: LookWindow, options: LookOptions) {
    return this.#looks.look(model, weights, window, options);
  }

  /** A model that is asked again finds its memory as it was; models of one experiment take turns. */
  #ready(model: ModelSpec, weights: Weights, table: WindowTable, horizon: number): Forecaster {
    const key = Forecaster.keyOf(model, table, horizon);
    const ready = this.#forecasters.get(key) ?? new Forecaster(this.#module, model, table, horizon);
    this.#forecasters.delete(key);
    this.#forecasters.set(key, ready);
    const [oldest] = this.#forecasters.keys();
    if (this.#forecasters.size > mostReady && oldest !== undefined) this.#forecasters.delete(oldest);
    ready.take(weights, table);
    return ready;
  }

  reader(model: ModelSpec, weights: Weights): Reader {
    return new Reader(this.#module, model, weights);
  }

  labeller(model: ModelSpec, weights: Weights, T: number): Labeller {
    return new Labeller(this.#module, model, weights, T);
  }

  close(): void {
    this.#forecasters.clear();
    this.#looks.clear();
    this.#pool?.close();
  }
}

/** A state is of this very model and goes no further than its training, or it is refused. */
function refuseOther({ epoch, weights, best, moments }: TrainState, { model }: TrainPlan): void {
  const count = parameterCount(model);
  const numbers = [weights, best, ...moments];
  const [odd] = numbers.filter((values) => values.length !== count);
  if (odd)
    throw new LabError('resume.damaged', { epoch, reason: `${odd.length} numbers where the model has ${count}` });
  if (!numbers.every((values) => values.every(Number.isFinite)))
    throw new LabError('resume.damaged', { epoch, reason: 'a number that is not finite' });
}

function refuseTooLarge(bytes: number, limitBytes: number): void {
  if (bytes <= limitBytes) return;
  const [needed, limit] = [bytes, limitBytes].map((n) => Math.ceil(n / 1e6)) as [number, number];
  throw new LabError('experiment.too-much-memory', { needed, limit });
}
