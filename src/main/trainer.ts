import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { asView } from '../core/errors';
import { runExperiment } from '../core/forecast/experiment';
import type { LessonRequest } from '../core/inside/lessons/request';
import { runLesson } from '../core/inside/lessons/run';
import { answerLook, type LookRequest } from '../core/inside/request';
import { answerTokens, type TokenLookRequest } from '../core/inside/texts/request';
import { createEngine } from '../core/learn';
import type { Control, Engine } from '../core/learn/engine';
import type { TrainerCommand, TrainerEvent } from '../core/protocol';
import { runLabelled } from '../core/text/labelled/learn';
import { runText } from '../core/text/language';
import { type Deferred, deferred } from './deferred';
import { startThread } from './threads';

/**
 * The trainer: the same file as Electron utility process and as child process. It is told everything in its job and
 * answers with events; it reads and writes no file, so that it can be killed at any moment without losing anything.
 */

// off by default in the V8 of older Nodes; worker threads inherit it. Harmless where it is on or unknown
setFlagsFromString('--experimental-wasm-relaxed-simd');

interface Port {
  post(event: TrainerEvent): void;
  listen(listener: (command: TrainerCommand) => void): void;
}

/** Electron gives a utility process this port; `process.parentPort` is not in Node's own types. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
}

function openPort(): Port {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort)
    return {
      post: (event) => parentPort.postMessage(event),
      listen: (listener) => parentPort.on('message', ({ data }) => listener(data as TrainerCommand)),
    };
  // Ctrl-C reaches every process of the terminal; the parent decides what it means
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  return {
    // news for a parent that is gone is no fault: there is nobody left to work for
    post: (event) => void process.send?.(event, undefined, undefined, (failed) => failed && process.exit(0)),
    listen: (listener) => process.on('message', (command) => listener(command as TrainerCommand)),
  };
}

/** What the person asked of one run, as training sees it. */
class RunControl implements Control {
  stopping = false;
  private paused: Deferred<void> | null = null;
  /** Whether training has come to where it waits. */
  private waiting = false;

  constructor(private readonly tell: (type: 'paused' | 'resumed') => void) {}

  breathe(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
  now(): number {
    return performance.now();
  }
  whileAllowed(): Promise<void> {
    if (!this.paused) return Promise.resolve();
    if (!this.waiting) this.tell('paused');
    this.waiting = true;
    return this.paused.promise;
  }
  pause(): void {
    this.paused ??= deferred<void>();
  }
  resume(): void {
    this.paused?.resolve();
    this.paused = null;
    if (this.waiting) this.tell('resumed');
    this.waiting = false;
  }
  stop(): void {
    this.stopping = true;
    this.resume();
  }
}

const controls = new Map<string, RunControl>();
let experiment = '';
function controlOf(run: string): RunControl {
  const control = controls.get(run) ?? new RunControl((type) => port.post({ type, experiment, run }));
  controls.set(run, control);
  return control;
}

let engine: Engine | null = null;
/** One engine at a time; its threads and memory are kept from job to job while the job asks for the same. */
function engineFor(kernels: 'relaxed' | 'plain' | 'best', threads: number): Engine {
  if (engine?.threads === threads && (kernels === 'best' || engine.kernels === kernels)) return engine;
  engine?.close();
  const made = createEngine({ kernels, threads, startThread });
  engine = made;
  return made;
}

type Work = TrainerCommand & { type: 'job' | 'text' | 'labelled' };
const isWork = (command: TrainerCommand): command is Work => ['job', 'text', 'labelled'].includes(command.type);

function eventsOf(command: Work, worker: Engine): AsyncGenerator<TrainerEvent> {
  if (command.type === 'text') return runText(command.job, worker, controlOf);
  if (command.type === 'labelled') return runLabelled(command.job, worker, controlOf);
  return runExperiment(command.job, worker, controlOf);
}

async function work(command: Work): Promise<void> {
  const { job } = command;
  experiment = job.experiment;
  try {
    const worker = engineFor(job.settings.kernels, job.settings.threads);
    for await (const event of eventsOf(command, worker)) port.post(event);
  } catch (thrown) {
    // a fault of the experiment as a whole: the Lab takes a `failed` for a run that has ended already as nothing
    for (const { run } of job.runs)
      port.post({ type: 'failed', experiment: job.experiment, run, error: asView(thrown) });
  } finally {
    for (const { run } of job.runs) controls.delete(run);
  }
}

/** Answered at once, between the messages of a training that runs on threads of its own. */
function look(ticket: number, request: LookRequest | TokenLookRequest): void {
  try {
    const answer = 'type' in request ? answerTokens(engine ?? first, request) : answerLook(engine ?? first, request);
    port.post({ type: 'looked', ticket, answer });
  } catch (thrown) {
    port.post({ type: 'looked', ticket, answer: asView(thrown) });
  }
}

const lessons = new Map<string, RunControl>();
let tutor: Engine | null = null;

/** Small networks, trained on this thread a few milliseconds at a time: no job waits for them, and they for none. */
async function teach(ticket: string, request: LessonRequest): Promise<void> {
  tutor ??= createEngine({ kernels: 'best', threads: 1 });
  const control = new RunControl(() => {});
  lessons.set(ticket, control);
  try {
    const lesson = runLesson(tutor, request, control);
    for (let step = await lesson.next(); ; step = await lesson.next()) {
      if (step.done) {
        port.post({ type: 'learned', ticket, answer: step.value });
        return;
      }
      port.post({ type: 'lesson', ticket, progress: step.value });
    }
  } catch (thrown) {
    port.post({ type: 'learned', ticket, answer: asView(thrown) });
  } finally {
    lessons.delete(ticket);
  }
}

const port = openPort();
let turn = Promise.resolve();
port.listen((command) => {
  if (isWork(command)) turn = turn.then(() => work(command));
  else if (command.type === 'look') look(command.ticket, command.request);
  else if (command.type === 'lesson') void teach(command.ticket, command.request);
  else if (command.type === 'stop-lesson') lessons.get(command.ticket)?.stop();
  else controlOf(command.run)[command.type]();
});
const first = engineFor('best', availableParallelism());
port.post({ type: 'ready', kernels: first.kernels, threads: first.threads });
