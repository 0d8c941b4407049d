import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { wasmBytes } from './scripts/wasm-bytes.ts';

export default defineConfig({
  plugins: [wasmBytes(), svelte()],
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000, maxWorkers: 2 },
});
