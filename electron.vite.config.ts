import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { wasmBytes } from './scripts/wasm-bytes.ts';

export default defineConfig({
  main: {
    plugins: [wasmBytes()],
    build: {
      // what every start needs is bundled: one file opens sooner than a hundred
      externalizeDeps: { exclude: ['zod', 'commander', 'papaparse', '@bufbuild/protobuf', 'd3-array', 'd3-time'] },
      // electron-vite does not know this Electron yet; the same bundle also runs in plain Node
      target: 'node20.19',
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/main/cli.ts'),
          desktop: resolve('src/main/desktop.ts'),
          trainer: resolve('src/main/trainer.ts'),
          'trainer-thread': resolve('src/main/trainer-thread.ts'),
        },
        // files find each other by their place beside one another
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: { input: { preload: resolve('src/main/preload.ts') }, output: { format: 'cjs' } },
    },
  },
  renderer: { plugins: [svelte()], build: { minify: true } },
});
