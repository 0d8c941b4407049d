import type { KernelName } from '../settings';
import plain from './build/plain.wasm?bytes';
import relaxed from './build/relaxed.wasm?bytes';

/** Which of the modules this engine takes. Relaxed SIMD fuses multiply and add, so the last bits differ from plain's. */
export function kernelsHere(): KernelName {
  return WebAssembly.validate(relaxed) ? 'relaxed' : 'plain';
}
/** Compiles one module. One module serves any number of instances, in any number of threads. */
export function compile(name: KernelName): WebAssembly.Module {
  return new WebAssembly.Module(name === 'relaxed' ? relaxed : plain);
}
