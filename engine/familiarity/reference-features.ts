import type { BaseModel } from '../base-model.ts';
import type { EngineEvent } from '../engine-event.ts';
import { composeFeatures, type TrainedNetwork } from '../export/compose-classifier.ts';
import { decodeAhead } from '../features/decode-ahead.ts';
import { interleaveClasses } from '../features/interleave-classes.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { pickLabels, strataOf, type Labels } from '../labels/labels.ts';
import { createSession } from '../onnx/create-session.ts';
import type { Device } from '../onnx/device.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { throwIfCancelled } from '../stopping/abortable.ts';

/** Training pictures by which a network knows what is familiar: a few seconds of any training, however many pictures it has. */
const mostReferences = 512;
const batchSize = 8;

export interface ReferenceFeatures {
  /** [labels' pictures, dimension]. */
  readonly features: Float32Array;
  readonly labels: Labels;
  readonly seconds: number;
}

export const referenceCount = (train: Pick<PictureSource, 'count'>): number => Math.min(train.count, mostReferences);

/**
 * What the trained network makes of some of its training pictures, seen as prediction will see them: classes take turns, so that each
 * has its share. Pictures that cannot be read are left out: a training that the clock cut short has not tried them all.
 * @throws AbortError
 */
export async function* referenceFeatures(
  baseModel: BaseModel,
  trained: TrainedNetwork,
  options: {
    readonly train: PictureSource;
    readonly pictures: PictureCache;
    readonly threads: number;
    readonly device: Device;
    readonly cancelSignal: AbortSignal;
  },
): AsyncGenerator<EngineEvent, ReferenceFeatures> {
  const { train, pictures, cancelSignal } = options;
  const { classCount, dimension } = trained.trainable;
  const { size, resize } = baseModel.card.input;
  await using resources = new AsyncDisposableStack();
  const session = resources.adopt(await createSession(composeFeatures(baseModel, trained), 'frozen', options), (each) =>
    each.release(),
  );
  const { order } = interleaveClasses(strataOf(train.labels, classCount));
  const chosen = order.subarray(0, referenceCount(train));
  const decode = (index: number) => pictures.pixels(train, index, { size, resize });
  const meter = new ProgressMeter('EXPORTING', chosen.length, 'images');
  const features: Float32Array[] = [];
  const known: number[] = [];
  let done = 0;
  yield* meter.at(done);
  for await (const batch of decodeAhead(chosen, batchSize, decode, cancelSignal)) {
    const readable = batch.filter((picture) => 'value' in picture);
    if (readable.length > 0) {
      const pixels = Buffer.concat(readable.map(({ value }) => value));
      const outputs = await session.run({ pixels: new Tensor('uint8', pixels, [readable.length, size, size, 3]) });
      features.push(outputs['features']!.data as Float32Array);
      known.push(...readable.map(({ index }) => index));
    }
    throwIfCancelled(cancelSignal);
    done += batch.length;
    yield* meter.at(done);
  }
  const joined = new Float32Array(known.length * dimension);
  let at = 0;
  for (const part of features) {
    joined.set(part, at);
    at += part.length;
  }
  return {
    features: joined,
    labels: pickLabels(train.labels, classCount, Int32Array.from(known)),
    seconds: meter.seconds,
  };
}
