import { setFlagsFromString } from 'node:v8';
import { kernelsHere } from '../core/kernels/modules';
import { createEngine } from '../core/learn';
import type { Control, Engine } from '../core/learn/engine';
import type { KernelName } from '../core/settings';

/** What forecasts with a trained model on this thread: with the run's own kernels where this machine has them. */
export function forecastingEngine(wanted: KernelName): Engine {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return createEngine({ kernels: wanted === 'relaxed' ? kernelsHere() : wanted, threads: 1 });
}

/** Nobody stops or pauses it. */
export const unhindered: Control = {
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  stopping: false,
  whileAllowed: async () => {},
};
