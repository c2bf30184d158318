import { setImmediate } from 'node:timers/promises';
import { pictureCount, type Labels } from '../labels/labels.ts';
import { score, type Scored } from '../metrics/scored.ts';
import type { SuffixForward } from '../step/index.ts';
import { abortable } from '../stopping/abortable.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import type { ExampleFeed } from './example-feed.ts';

/** Pictures of a run of the forward graph. */
export const validationBatch = 32;

/** A wish to stop waits this long, milliseconds, for an epoch that is just being judged. */
const patienceMilliseconds = 1000;

/**
 * What parameters say to the validation pictures.
 * @returns undefined when the deadline passed before all were seen, or somebody wants it to stop and there are many to see. @throws AbortError
 */
export async function judgeParameters(
  parameters: Float32Array,
  options: StopSignals & {
    readonly forward: SuffixForward;
    readonly feed: ExampleFeed;
    readonly validationLabels: Labels;
    readonly classCount: number;
  },
): Promise<Scored | undefined> {
  const { forward, feed, validationLabels, classCount, cancelSignal } = options;
  const count = pictureCount(validationLabels, classCount);
  const probabilities = new Float32Array(count * classCount);
  let stopSeenAt: number | undefined;
  for (let start = 0; start < count; start += validationBatch) {
    const stop = earlyStop(options);
    if (stop) stopSeenAt ??= performance.now();
    const isTooLong = stopSeenAt !== undefined && performance.now() - stopSeenAt > patienceMilliseconds;
    if (stop === 'MAX_DURATION' || isTooLong) return undefined;
    const examples = feed.allocate(Math.min(validationBatch, count - start));
    await abortable(feed.fillValidation(start, examples), cancelSignal);
    probabilities.set(await forward.run(parameters, examples), start * classCount);
    await setImmediate();
  }
  return score(validationLabels, probabilities, classCount);
}
