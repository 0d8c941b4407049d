import { findRun } from '../find-run';
import { openLab, print, printJson } from './context';
import { numberOf, type Texts } from './options';

/** `unroll sample RUN`: what a language model writes after a beginning. */
export async function sample(said: string, texts: Texts): Promise<number> {
  const { lab, store } = openLab(texts.project as string | undefined);
  try {
    const run = await findRun(store, said);
    const { vocabulary, samples: _ } = await store.text(run);
    const asked = {
      run,
      prime: (texts.prime as string | undefined) ?? (vocabulary.includes('\n') ? '\n' : ''),
      length: (numberOf(texts.length) ?? 400) as number,
      temperature: (numberOf(texts.temperature) ?? 0.8) as number,
      seed: (numberOf(texts.seed) ?? 1) as number,
      ...(texts.stop !== undefined && { stop: String(texts.stop) }),
    };
    const { text } = await lab.call('text.write', asked);
    if (texts.json) printJson({ version: 1, ...asked, text });
    else print(asked.prime.replace(/^\n/, '') + text);
    return 0;
  } finally {
    lab.close();
  }
}
