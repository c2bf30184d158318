import { setTimeout as sleep } from 'node:timers/promises';
import { UnauthenticatedError, UserError } from '../errors.ts';
import type { Log } from '../log.ts';

/** A database that does not answer is asked again every second, for so long. */
const patienceMilliseconds = 120_000;

/** Reads for a stream that shall outlive a restart of the database. What the viewer did wrong, and everything after two minutes, is thrown. */
export async function patiently<T>(log: Log, read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const startedAt = Date.now();
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof UserError || error instanceof UnauthenticatedError) throw error;
      if (signal.aborted || Date.now() - startedAt > patienceMilliseconds) throw error;
      log.warn({ err: error }, 'reading for a stream failed; trying again');
      await sleep(1000, undefined, { signal }).catch(() => {});
    }
  }
}
