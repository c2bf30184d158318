import type { ActiveTrainingJob, HeldJob } from '#core/platform/queue.ts';

/** So long before the queue would take the job away is it handed over, at most. */
const marginMilliseconds = 60_000;
/** Of short jobs, which only tests have. */
const marginShare = 0.25;

/** How long a worker may work on a training. */
export interface JobLease extends Disposable {
  readonly job: HeldJob;
  /** Raised when the queue has taken the job away: another worker may have it. */
  readonly lost: AbortSignal;
  /** Raised when the attempt is to end in order, so that another goes on; the reason is an error whose message is for people. */
  readonly handOver: AbortSignal;
}

/** @param stopping raised when the worker stops, with an error as its reason. */
export function leaseOf(job: ActiveTrainingJob, stopping: AbortSignal): JobLease {
  const milliseconds = job.expireInSeconds * 1000;
  const expiring = new AbortController();
  const timer = setTimeout(
    () => expiring.abort(new Error('The queue lets a worker have a training for one day at most.')),
    milliseconds - Math.min(marginMilliseconds, milliseconds * marginShare),
  );
  return {
    job: { id: job.id, retryCount: job.retryCount },
    lost: job.signal,
    handOver: AbortSignal.any([stopping, expiring.signal]),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
