/** Acts on every item, on so many at a time. After a failure no more are begun, and it is thrown once those that have begun have ended. */
export async function severalAtOnce<T>(
  concurrency: number,
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const failures: unknown[] = [];
  const work = async () => {
    for (const item of queue) {
      if (failures.length > 0) return;
      // In a function of its own, so that what it throws at once is a rejection too.
      await (async () => act(item))().catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  if (failures.length > 0) throw failures[0];
}
