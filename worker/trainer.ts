import '#core/platform/require-node.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileStore } from '#core/platform/objects/file-store.ts';
import {
  loadBaseModel,
  trainClassifier,
  UnreadablePicturesError,
  type EngineEvent,
  type PictureSource,
} from '#engine/index.ts';
import { readHead, writeHead } from './head-file.ts';
import {
  trainerSpecSchema,
  type TrainerCommand,
  type TrainerEnd,
  type TrainerResult,
  type TrainerSpec,
} from './trainer-protocol.ts';

/*
 * The trainer: one child process for each training, so that a native crash or a lack of memory ends one attempt and not the worker.
 * It knows a folder and the object store; database and queue stay with its parent.
 */
const folder = process.argv[2];
if (!folder || !process.send) {
  process.stderr.write('This process is started by the worker.\n');
  process.exit(2);
}

const cancel = new AbortController();
const keep = new AbortController();
process.on('message', (command: TrainerCommand) => (command === 'cancel' ? cancel : keep).abort());
// The worker is gone: what this process would still find out, nobody could write down.
process.on('disconnect', () => process.exit(1));

const send = (message: EngineEvent | TrainerEnd) =>
  new Promise<void>((resolve) => {
    process.send!(message, undefined, undefined, () => resolve());
  });

const spec = trainerSpecSchema.parse(JSON.parse(await readFile(join(folder, 'training.json'), 'utf8')));
const train = picturesOf(spec, 'TRAIN');
const validation = picturesOf(spec, 'VALIDATION');
try {
  await run();
  await send({ type: 'done' });
} catch (error) {
  await send(endOf(error));
}
process.exit(0);

async function run(): Promise<void> {
  const baseModel = await loadBaseModel(spec.baseModelDirectory);
  const initialHead =
    spec.initialHeadFile === null ? undefined : readHead(await readFile(spec.initialHeadFile, 'utf8'));
  const training = trainClassifier({
    baseModel,
    classes: spec.classes,
    train: train.source,
    validation: validation.source,
    preference: spec.preference,
    seed: spec.seed,
    deadline: spec.deadline,
    cancelSignal: cancel.signal,
    keepSignal: keep.signal,
    ...(initialHead && { initialHead }),
  });
  let step = await training.next();
  while (!step.done) {
    await send(step.value);
    step = await training.next();
  }
  const { value: result } = step;
  const classCount = spec.classes.length;
  await writeFile(join(folder!, 'model.onnx'), result.model);
  await writeFile(join(folder!, 'head.json'), writeHead(result.head));
  await writeFile(
    join(folder!, 'result.json'),
    JSON.stringify({
      stopReason: result.stopReason,
      baseModel: baseModel.card.name,
      baseModelSha256: baseModel.card.sha256,
      secondsByPhase: { ...result.secondsByPhase },
      predictions: Array.from({ length: validation.source.count }, (_, index) => [
        ...result.predictions.subarray(index * classCount, (index + 1) * classCount),
      ]),
    } satisfies TrainerResult),
  );
}

function picturesOf(spec: TrainerSpec, split: 'TRAIN' | 'VALIDATION'): { keys: string[]; source: PictureSource } {
  const objects = createFileStore(spec.objectsDirectory);
  const images = spec.images.filter((image) => image.split === split);
  const keys = images.map((image) => image.key);
  return {
    keys,
    source: {
      count: images.length,
      labels: Int32Array.from(images, (image) => image.classIndex),
      load: (index) => objects.get(keys[index]!),
    },
  };
}

function endOf(error: unknown): TrainerEnd {
  if (cancel.signal.aborted) return { type: 'cancelled' };
  if (error instanceof UnreadablePicturesError)
    return {
      type: 'unreadable',
      keys: [
        ...error.indices.train.map((index) => train.keys[index]!),
        ...error.indices.validation.map((index) => validation.keys[index]!),
      ],
    };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { type: 'failed', message, stack: stack ?? '' };
}
