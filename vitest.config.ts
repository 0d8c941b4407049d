import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';
import { wasmBytes } from './scripts/wasm-bytes.ts';

const slow = 'tests/**/*.slow.test.ts';

/** Quick tests share the modules of their worker, which are most of their time; those that mock one or start processes do not. */
export default defineConfig({
  plugins: [wasmBytes(), svelte()],
  test: {
    testTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, slow],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'slow', include: [slow] } },
    ],
  },
});
