import { logInfo, type EngineEvent } from '../engine-event.ts';
import { openFrozenPrefix } from '../features/frozen-prefix.ts';
import { interleaveClasses } from '../features/interleave-classes.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { crossValidatedEstimate } from '../head/cross-validated-estimate.ts';
import { pickLabels, strataOf } from '../labels/labels.ts';
import type { Device } from '../onnx/device.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import { throwIfCancelled } from '../stopping/abortable.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import { recognisedShare } from './recognised-share.ts';
import type { TrainingBase } from './training-base.ts';

/** Of all classes alike; they take a few seconds for each base. */
const mostPictures = 256;

export interface BaseQuestion extends StopSignals {
  readonly train: PictureSource;
  readonly pictures: PictureCache;
  readonly classCount: number;
  readonly seed: number;
  readonly threads: number;
  readonly device: Device;
}

/**
 * Asks the pictures themselves at which size to train: closed-form heads on the features of each base, cross-validated over at most 256
 * training pictures. Small things need larger pictures; what the base model knows of things at its own size is worth more where they fill it.
 * @param bases at least one; of equally good ones, and when it is stopped or there is nothing to tell by, the first is taken. @throws AbortError
 */
export async function* chooseBase(
  bases: readonly TrainingBase[],
  question: BaseQuestion,
): AsyncGenerator<EngineEvent, TrainingBase> {
  const [first, ...others] = bases as readonly [TrainingBase, ...TrainingBase[]];
  if (others.length === 0) return first;
  let best = { base: first, share: -1 };
  const found: string[] = [];
  for (const base of bases) {
    const share = await askBase(base, question);
    if (share === undefined) return first;
    found.push(`${Math.round(share * 100)} % at ${base.baseModel.card.input.size}`);
    if (share > best.share) best = { base, share };
  }
  yield logInfo(
    `Pictures of ${best.base.baseModel.card.input.size} pixels a side: a first look recognised ${found.join(' and ')} pixels.`,
  );
  return best.base;
}

/** Undefined when it was stopped, a picture cannot be read (which is told later) or no class has two. */
async function askBase({ baseModel }: TrainingBase, question: BaseQuestion): Promise<number | undefined> {
  const { train, pictures, classCount, seed, cancelSignal, keepSignal } = question;
  const { name, dimension } = baseModel.card.output;
  const chosen = interleaveClasses(strataOf(train.labels, classCount)).order.subarray(0, mostPictures);
  const features = new Float32Array(chosen.length * dimension);
  const prefix = await openFrozenPrefix(baseModel, name, [dimension], question);
  try {
    for (let start = 0; start < chosen.length; start += prefix.batchSize) {
      if (earlyStop(question)) return undefined;
      const part = chosen.subarray(start, start + prefix.batchSize);
      const views = await Promise.all(Array.from(part, (picture) => pictures.pixels(train, picture, prefix)));
      features.set(await prefix.run(views), start * dimension);
    }
  } catch {
    throwIfCancelled(cancelSignal);
    return undefined;
  } finally {
    await prefix.close();
  }
  const labels = pickLabels(train.labels, classCount, chosen);
  const shared = { labels, classCount, seed, cancelSignal, keepSignal };
  const estimate = await crossValidatedEstimate({ features, dimension, ...shared });
  return estimate && recognisedShare(estimate.evaluation, labels);
}
