import '#core/platform/require-node.ts';
import { openObjectStore } from '#core/platform/objects/open-object-store.ts';
import { s3KeysOf } from '#core/platform/objects/s3-keys.ts';
import {
  PictureError,
  pictureToModelPixels,
  pictureToPixels,
  releaseBytes,
  type Classifier,
} from '#engine/inference/index.ts';
import { Batcher } from './batcher.ts';
import { inferenceSettingsSchema, type InferenceReply, type InferenceRequest } from './inference-protocol.ts';
import { lowerPriority } from './lower-priority.ts';
import { ModelShelf, ModelUnusableError } from './model-shelf.ts';
import { readRequests } from './request-pipe.ts';

/*
 * Models answer in a process beside the server: a run blocks its thread, and what brings ONNX Runtime or a decoder down must not take the API
 * along. It knows the object store and nothing else.
 */
const settingsText = process.argv[2];
if (!settingsText || !process.send) {
  process.stderr.write('This process is started by the server.\n');
  process.exit(2);
}
lowerPriority();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));

const settings = inferenceSettingsSchema.parse(JSON.parse(settingsText));
const objects = await openObjectStore({
  objectsDirectory: settings.objectsDirectory,
  s3: settings.s3 ? { ...settings.s3, ...s3KeysOf(process.env) } : undefined,
});
const shelf = new ModelShelf((modelKey) => objects.get(modelKey), settings.modelBytes, settings.threads);
const batcher = new Batcher();

/** As many as libuv has threads: more would only hold memory. */
const decoders = 4;
let decoding = 0;
const turns: (() => void)[] = [];

readRequests(4, (request) => void answer(request).then((reply) => process.send!(reply)));

async function answer({ id, modelKey, picture }: InferenceRequest): Promise<InferenceReply> {
  try {
    return await shelf.use(modelKey, async (classifier): Promise<InferenceReply> => {
      if (!picture) return { id, type: 'loaded' };
      return { id, type: 'answer', ...(await batcher.classify(classifier, () => decode(classifier, picture))) };
    });
  } catch (error) {
    if (error instanceof PictureError) return { id, type: 'refused', code: error.code, message: error.message };
    if (error instanceof ModelUnusableError) return { id, type: 'unusable', message: error.message };
    return { id, type: 'unusable', message: `ONNX Runtime cannot run the model: ${(error as Error).message}` };
  }
}

async function decode(
  { inputSize, resize, decoding: how }: Classifier,
  { bytes, isNormalised }: NonNullable<InferenceRequest['picture']>,
): Promise<Uint8Array> {
  if (decoding >= decoders) await new Promise<void>((resolve) => turns.push(resolve));
  else decoding++;
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const geometry = { size: inputSize, resize, decoding: how };
    return isNormalised
      ? await pictureToPixels(file, geometry)
      : await pictureToModelPixels(file, settings.limits, geometry);
  } finally {
    const next = turns.shift();
    if (next) next();
    else decoding--;
    releaseBytes(bytes);
  }
}
