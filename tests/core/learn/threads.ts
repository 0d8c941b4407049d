import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { wasmBytes } from '../../../scripts/wasm-bytes';
import type { StartThread } from '../../../src/core/learn/thread';

/** The trainer's thread built as it is for the product, and the host's way to start it. */
export async function builtThreads(): Promise<{ startThread: StartThread; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-threads-'));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [wasmBytes()],
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20.19',
      rolldownOptions: {
        input: { threads: 'src/main/threads.ts', 'trainer-thread': 'src/main/trainer-thread.ts' },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  const { startThread } = await import(pathToFileURL(join(folder, 'threads.js')).href);
  return { startThread, remove: () => rmSync(folder, { recursive: true }) };
}
