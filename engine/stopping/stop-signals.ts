import { throwIfCancelled } from './abortable.ts';

/** What can end a training early. */
export interface StopSignals {
  /** Epoch milliseconds at which the best model so far is saved. */
  readonly deadline: number;
  /** Gives up: an `AbortError` is thrown. */
  readonly cancelSignal: AbortSignal;
  /** Stops early and keeps the best model so far. */
  readonly keepSignal: AbortSignal;
}

/**
 * Why to finish now with what there is, if at all. To be asked between batches and runs.
 * @throws AbortError when the training is cancelled.
 */
export function earlyStop({
  deadline,
  cancelSignal,
  keepSignal,
}: StopSignals): 'STOPPED_BY_USER' | 'MAX_DURATION' | undefined {
  throwIfCancelled(cancelSignal);
  if (keepSignal.aborted) return 'STOPPED_BY_USER';
  if (Date.now() >= deadline) return 'MAX_DURATION';
  return undefined;
}

/** Nothing but a time limit. @param minutes from now. */
export function timeLimit(minutes: number): StopSignals {
  const never = new AbortController().signal;
  return { deadline: Date.now() + minutes * 60_000, cancelSignal: never, keepSignal: never };
}
