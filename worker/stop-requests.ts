import type { Platform } from '#core/platform/platform.ts';
import { readStopRequest } from '#core/trainings/run-training.ts';
import { StaleAttemptError } from '#core/trainings/training-events.ts';
import type { Training } from '#core/trainings/training-row.ts';

const millisecondsBetweenLooks = 500;

/** What people want of a running training, from its claim to its end. */
export interface StopRequests extends Disposable {
  readonly cancel: AbortSignal;
  readonly keep: AbortSignal;
  /** Another attempt has taken over; the reason is a {@link StaleAttemptError}. */
  readonly overtaken: AbortSignal;
}

/** Looks twice a second. A request of before the claim is raised at once. */
export function watchStopRequests(platform: Platform, { id, attempt, stopRequest }: Training): StopRequests {
  const cancel = new AbortController();
  const keep = new AbortController();
  const overtaken = new AbortController();
  const pass = (request: Training['stopRequest']) => {
    if (request === 'CANCEL') cancel.abort();
    if (request === 'STOP_AND_KEEP') keep.abort();
  };
  pass(stopRequest);
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    readStopRequest(platform, id, attempt)
      .then(pass)
      .catch((error) => {
        // A database that does not answer for a moment is no reason to give up a training; a successor is.
        if (error instanceof StaleAttemptError) overtaken.abort(error);
      })
      .finally(() => {
        isLooking = false;
      });
  }, millisecondsBetweenLooks);
  return {
    cancel: cancel.signal,
    keep: keep.signal,
    overtaken: overtaken.signal,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
