/**
 * Takes several generators at once: yields whatever any of them yields next, until all have ended. A generator that
 * throws ends all.
 */
export async function* together<T>(sources: AsyncGenerator<T, unknown>[]): AsyncGenerator<T> {
  const pending = new Map(sources.map((source) => [source, next(source)]));
  try {
    while (pending.size > 0) {
      const { source, step } = await Promise.race(pending.values());
      if (step.done) {
        pending.delete(source);
        continue;
      }
      // behind the others, so that none is starved
      pending.delete(source);
      pending.set(source, next(source));
      yield step.value;
    }
  } finally {
    await Promise.allSettled([...pending.keys()].map((source) => source.return(undefined)));
  }
}

async function next<T>(source: AsyncGenerator<T, unknown>) {
  return { source, step: await source.next() };
}
