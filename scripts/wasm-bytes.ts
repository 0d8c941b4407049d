import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** `import bytes from './x.wasm?bytes'` gives a Uint8Array, in every build and in vitest. */
export function wasmBytes(): Plugin {
  return {
    name: 'wasm-bytes',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.wasm?bytes')) return null;
      const file = id.slice(0, -'?bytes'.length);
      this.addWatchFile(file);
      const base64 = JSON.stringify(readFileSync(file).toString('base64'));
      return `export default Uint8Array.from(atob(${base64}), (c) => c.charCodeAt(0));`;
    },
  };
}
