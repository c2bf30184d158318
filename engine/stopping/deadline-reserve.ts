import { referenceCount } from '../familiarity/reference-features.ts';
import type { StopSignals } from './stop-signals.ts';

/** Seconds that writing the file takes at most. */
const secondsOfExport = 0.8;
/** Of a picture: evaluation decodes each anew, also where training found it in the cache. */
const secondsOfDecoding = 0.01;
const multiplyAddsPerSecond = 1e10;
/** For what goes slower than measured. */
const margin = 1.3;

/** Seconds that one picture will take, before any was timed. */
export const estimatedSecondsPerPicture = (multiplyAdds: number): number =>
  multiplyAdds / multiplyAddsPerSecond + secondsOfDecoding;

interface Counted {
  readonly count: number;
}

/** Pictures that the network is to look at once it is trained. */
export const picturesAfterTraining = (sources: {
  readonly train: Counted;
  readonly validation: Counted;
  readonly test?: Counted | undefined;
}): number => referenceCount(sources.train) + sources.validation.count + (sources.test?.count ?? 0);

/**
 * The signals with the deadline moved forward by what export and evaluation will take.
 * @param pictures see {@link picturesAfterTraining}. @param secondsPerPicture decoded and run through the network.
 */
export function withReserve(
  { deadline, cancelSignal, keepSignal }: StopSignals,
  pictures: number,
  secondsPerPicture: number,
): StopSignals {
  const seconds = secondsOfExport + margin * pictures * Math.max(secondsPerPicture, secondsOfDecoding);
  return { deadline: deadline - seconds * 1000, cancelSignal, keepSignal };
}
