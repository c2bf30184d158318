import { setTimeout } from 'node:timers/promises';

const patienceMilliseconds = 20_000;

/**
 * Tries again until it succeeds, as a client does whose server may be gone: nothing counts as acknowledged before. One try has 20 s.
 * @throws the signal's reason, with the last failure as its cause, once the signal aborts.
 */
export async function persist<Result>(signal: AbortSignal, attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    let failure: unknown;
    const patience = new AbortController();
    try {
      return await Promise.race([
        attempt(),
        setTimeout(patienceMilliseconds, undefined, { signal: patience.signal }).then(() => {
          throw new Error('no answer within 20 s');
        }),
      ]);
    } catch (error) {
      failure = error;
    } finally {
      patience.abort();
    }
    if (signal.aborted) throw new Error('gave up', { cause: failure });
    await setTimeout(200);
  }
}
