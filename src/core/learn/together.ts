/**
 * Takes several generators at once, `most` of them at a time: yields whatever any of them yields next, until all have
 * ended. One that throws ends all.
 */
export async function* together<T>(
  sources: AsyncGenerator<T, unknown>[],
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<T> {
  const waiting = [...sources];
  const pending = new Map<AsyncGenerator<T, unknown>, ReturnType<typeof next<T>>>();
  try {
    for (;;) {
      while (pending.size < most && waiting.length > 0) {
        const source = waiting.shift() as AsyncGenerator<T, unknown>;
        pending.set(source, next(source));
      }
      if (pending.size === 0) return;
      const { source, step } = await Promise.race(pending.values());
      pending.delete(source);
      if (step.done) continue;
      // behind the others, so that none is starved
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
