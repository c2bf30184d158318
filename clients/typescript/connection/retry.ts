import { ConnectionError } from './errors.ts';

/** How to go on after an answer was lost. */
export interface RetryOptions {
  /** Tries of a call, the first included; default 5. Streams come back without end. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try, doubled for each further one and shortened at random by up to a half; default 250. */
  readonly minimumDelay?: number | undefined;
  /** Milliseconds at most between two tries; default 15,000. */
  readonly maximumDelay?: number | undefined;
}

export class RetryPolicy {
  readonly attempts: number;
  readonly #minimumDelay: number;
  readonly #maximumDelay: number;

  constructor({ attempts, minimumDelay, maximumDelay }: RetryOptions = {}) {
    this.attempts = attempts ?? 5;
    this.#minimumDelay = minimumDelay ?? 250;
    this.#maximumDelay = maximumDelay ?? 15_000;
  }

  /** Milliseconds to wait after so many failures in a row; spread, so that all who lost the same server do not return at once. */
  delayAfter(failures: number, error?: unknown): number {
    const asked = error instanceof ConnectionError ? error.retryAfterMilliseconds : undefined;
    const delay = Math.min(this.#maximumDelay, this.#minimumDelay * 2 ** Math.min(failures - 1, 30));
    return Math.max(asked ?? 0, delay * (0.5 + Math.random() / 2));
  }

  /** Tries until it succeeds, fails for good, or has failed `attempts` times. */
  async run<T>(
    attempt: () => Promise<T>,
    mayRepeat: (error: ConnectionError) => boolean,
    signal?: AbortSignal,
  ): Promise<T> {
    for (let failures = 1; ; failures++)
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof ConnectionError) || failures >= this.attempts || !mayRepeat(error)) throw error;
        await pause(this.delayAfter(failures, error), signal);
      }
  }
}

/** Waits; rejects with the signal's reason when it is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
