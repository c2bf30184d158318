import type { FeatureTable } from '../features/feature-table.ts';
import type { FrozenPrefix } from '../features/frozen-prefix.ts';
import { interleaveClasses } from '../features/interleave-classes.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { pickLabels, strataOf } from '../labels/labels.ts';
import { crossValidatedEstimate } from '../head/cross-validated-estimate.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import { recognisedShare } from './recognised-share.ts';

const mostPictures = 256;
/** Accuracy that mirroring may cost: features of ordinary photos lose a few points, of which a part is noise. */
const allowedLoss = 0.15;

export interface MirrorTest {
  /** Share of pictures that are recognised; micro F1 where they carry several labels. */
  readonly accuracy: number;
  readonly mirroredAccuracy: number;
  /** Whether a mirrored picture is still one of its class: not so for arrows, text and gauges. */
  readonly isAlike: boolean;
}

/**
 * Asks the pictures themselves whether training may mirror them: closed-form heads that were trained on pictures as they are judge other
 * pictures as they are and mirrored (cross-validation over at most 256 training pictures of all classes alike).
 * @param options.features of the training pictures as prediction sees them, not yet standardised.
 * @returns undefined where it was stopped, or where there are too few pictures to tell. @throws AbortError
 */
export async function mirrorTest(
  options: StopSignals & {
    readonly prefix: FrozenPrefix;
    readonly train: PictureSource;
    readonly pictures: PictureCache;
    readonly features: FeatureTable;
    readonly classCount: number;
    readonly seed: number;
  },
): Promise<MirrorTest | undefined> {
  const { prefix, train, pictures, classCount, seed, cancelSignal, keepSignal } = options;
  const { dimension, values, finishedViews } = options.features;
  const chosen = interleaveClasses(strataOf(train.labels, classCount))
    .order.filter((picture) => finishedViews[picture]! > 0)
    .subarray(0, mostPictures);
  const features = new Float32Array(chosen.length * dimension);
  const mirrored = new Float32Array(chosen.length * dimension);
  for (let start = 0; start < chosen.length; start += prefix.batchSize) {
    if (earlyStop(options)) return undefined;
    const part = chosen.subarray(start, start + prefix.batchSize);
    const views = await Promise.all(
      Array.from(part, async (picture) => mirror(await pictures.pixels(train, picture, prefix), prefix.size)),
    );
    mirrored.set(await prefix.run(views), start * dimension);
  }
  chosen.forEach((picture, row) =>
    features.set(values.subarray(picture * dimension, (picture + 1) * dimension), row * dimension),
  );
  const labels = pickLabels(train.labels, classCount, chosen);
  const shared = { features, dimension, labels, classCount, seed, cancelSignal, keepSignal };
  const plain = await crossValidatedEstimate(shared);
  const other = await crossValidatedEstimate({ ...shared, judged: mirrored });
  if (!plain || !other) return undefined;
  const accuracy = recognisedShare(plain.evaluation, labels);
  const mirroredAccuracy = recognisedShare(other.evaluation, labels);
  return { accuracy, mirroredAccuracy, isAlike: mirroredAccuracy >= accuracy - allowedLoss };
}

/** @param pixels [size, size, 3]; not changed. */
function mirror(pixels: Uint8Array, size: number): Uint8Array {
  const mirrored = new Uint8Array(pixels.length);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const row = Math.floor(pixel / size);
    const from = (row * size + (size - 1 - (pixel % size))) * 3;
    for (let channel = 0; channel < 3; channel++) mirrored[pixel * 3 + channel] = pixels[from + channel]!;
  }
  return mirrored;
}
