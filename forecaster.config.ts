import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { wasmBytes } from './scripts/wasm-bytes.ts';

const read = (path: string) => readFileSync(resolve(path), 'utf8');
const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Which page: the one that forecasts, or with PAGE the one that writes or the one that labels texts. */
const other = ['writer', 'labeller'].find((name) => name === process.env.PAGE);

/**
 * One page with everything in it, out/forecaster/page.html, writer.html or labeller.html: its script and style are named in its policy by their
 * digests, so that nothing else on it runs. An export puts a model into it.
 */
function onePage(): Plugin {
  return {
    name: 'one-page',
    generateBundle(_, bundle) {
      const [chunk] = Object.values(bundle);
      if (chunk?.type !== 'chunk' || Object.keys(bundle).length !== 1) throw new Error('the page is one script');
      const script = chunk.code.trim();
      const style = read('src/renderer/tokens.css') + read('src/forecaster/page.css');
      if (/<\/(script|style)|<!--/i.test(script + style)) throw new Error('the script would end its own element');
      const policy = [
        "default-src 'none'",
        `script-src ${digest(script)} 'wasm-unsafe-eval'`,
        `style-src ${digest(style)}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      const source = read('src/forecaster/page.html')
        .replace("default-src 'none'", () => policy)
        .replace(/\s*\/\* style \*\/\s*/, () => style)
        .replace(/\s*\/\* script \*\/\s*/, () => script)
        .replace(/\s*null\s*(?=<)/, () => 'null');
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: 'asset', fileName: `${other ?? 'page'}.html`, source });
    },
  };
}

/** Refusals that the page which forecasts has no cause for, by the file of the catalogue that words them. */
const foreign: Record<string, string> = {
  compare: 'compareMessages',
  inside: 'insideMessages',
  join: 'joinMessages',
  labels: 'labelMessages',
  resume: 'resumeMessages',
  sharing: 'sharingMessages',
  text: 'textMessages',
};

/** Leaves them out, and does not build a page that could speak one of them after all. */
function ownRefusals(): Plugin {
  const left: string[] = [];
  return {
    name: 'own-refusals',
    load(id) {
      const name = /core\/errors\/([\w-]+)\.ts$/.exec(id)?.[1] ?? '';
      if (!foreign[name]) return null;
      for (const [, code] of read(id).matchAll(/^ {2}'([a-z-]+\.[a-z0-9-]+)':/gm)) left.push(code!);
      return `export const ${foreign[name]} = {};`;
    },
    renderChunk(script) {
      const spoken = left.find((code) => ['"', "'", '`'].some((quote) => script.includes(quote + code + quote)));
      if (spoken) throw new Error(`the page refuses with "${spoken}", whose words it left out`);
      return null;
    },
  };
}

export default defineConfig({
  plugins: [wasmBytes(), ...(other ? [] : [ownRefusals()]), onePage()],
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: 'out/forecaster',
    emptyOutDir: !other,
    target: 'es2023',
    rolldownOptions: {
      input: resolve(`src/forecaster/${other ?? 'main'}.ts`),
      output: { format: 'iife' },
    },
    modulePreload: false,
  },
});
