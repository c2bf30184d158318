import '#core/platform/require-node.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ObjectMissingError } from '#core/platform/objects/object-store.ts';
import { s3KeysOf } from '#core/platform/objects/s3-keys.ts';
import { openObjectStore } from '#core/platform/objects/open-object-store.ts';
import {
  DeviceUnavailableError,
  isDiskFull,
  loadBaseModel,
  recipeVersion,
  OnnxFormatError,
  trainClassifier,
  TrainingDivergedError,
  UnreadablePicturesError,
  type CheckpointStore,
  type EngineEvent,
  type PictureSource,
} from '#engine/index.ts';
import { toLabels } from './to-labels.ts';
import {
  trainerSpecSchema,
  type TrainerAnswers,
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

const commands = { cancel: new AbortController(), keep: new AbortController(), handOver: new AbortController() };
process.on('message', (command: TrainerCommand) => commands[command].abort());
// A terminal or a service manager tells all processes of a group to stop; when this one ends is for the worker to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
// The worker is gone: what this process would still find out, nobody could write down.
process.on('disconnect', () => process.exit(1));

const send = (message: EngineEvent | TrainerEnd) =>
  new Promise<void>((resolve) => {
    process.send!(message, undefined, undefined, () => resolve());
  });

const spec = trainerSpecSchema.parse(JSON.parse(await readFile(join(folder, 'training.json'), 'utf8')));
const objects = await openObjectStore({
  objectsDirectory: spec.objectsDirectory,
  s3: spec.s3 ? { ...spec.s3, ...s3KeysOf(process.env) } : undefined,
});
const train = picturesOf(spec, 'TRAIN');
const validation = picturesOf(spec, 'VALIDATION');
const test = picturesOf(spec, 'TEST');
try {
  await run();
  await send({ type: 'done' });
} catch (error) {
  await send(endOf(error));
}
process.exit(0);

async function run(): Promise<void> {
  const baseModel = await loadBaseModel(spec.baseModelDirectory);
  const initialVersion = spec.initialVersionFile === null ? undefined : await readFile(spec.initialVersionFile);
  const training = trainClassifier({
    baseModel,
    classes: spec.classes,
    train: train.source,
    validation: validation.source,
    test: test.source,
    preference: spec.preference,
    seed: spec.seed,
    deadline: spec.deadline,
    cancelSignal: commands.cancel.signal,
    keepSignal: commands.keep.signal,
    suspendSignal: commands.handOver.signal,
    cache: spec.cache,
    device: spec.device,
    lowering: spec.lowering,
    checkpoints: checkpointsOf(spec),
    ...(initialVersion && { initialVersion }),
  });
  let step = await training.next();
  while (!step.done) {
    await send(step.value);
    step = await training.next();
  }
  const { value: result } = step;
  await writeFile(join(folder!, 'model.onnx'), result.model);
  await writeFile(
    join(folder!, 'result.json'),
    JSON.stringify({
      stopReason: result.stopReason,
      baseModel: result.baseModel.name,
      baseModelSha256: result.baseModel.sha256,
      secondsByPhase: { ...result.secondsByPhase },
      recipe: {
        device: result.device,
        version: recipeVersion,
        stage: result.bestStage,
        epoch: result.bestEpoch,
        epochs: result.epochs,
        inputSize: result.inputSize,
      },
      temperatures: [...result.temperatures],
      unfamiliarityThreshold: result.unfamiliarityThreshold ?? null,
      crossValidated: result.crossValidated
        ? {
            folds: result.crossValidated.folds,
            imageCount: result.crossValidated.evaluation.count,
            accuracy: result.crossValidated.evaluation.accuracy,
            macroF1: result.crossValidated.evaluation.macro.f1,
          }
        : null,
      thresholds: result.thresholds ? [...result.thresholds] : null,
      validation: answersOf(result.predictions, result.unfamiliarity),
      test: result.test ? answersOf(result.test.probabilities, result.test.unfamiliarity) : null,
    } satisfies TrainerResult),
  );
}

function answersOf(probabilities: Float32Array, unfamiliarity: Float32Array | undefined): TrainerAnswers {
  const classCount = spec.classes.length;
  const predictions = Array.from({ length: probabilities.length / classCount }, (_, index) => [
    ...probabilities.subarray(index * classCount, (index + 1) * classCount),
  ]);
  return { predictions, unfamiliarity: unfamiliarity ? [...unfamiliarity] : null };
}

function picturesOf(
  spec: TrainerSpec,
  split: TrainerSpec['images'][number]['split'],
): { keys: string[]; source: PictureSource } {
  const images = spec.images.filter((image) => image.split === split);
  const keys = images.map((image) => image.key);
  return {
    keys,
    source: {
      count: images.length,
      labels: toLabels(
        spec.projectType,
        spec.classes.length,
        images.map((image) => image.classIndexes),
      ),
      load: (index) => objects.get(keys[index]!),
      // The folder of an image's objects is named by the digest of what was uploaded.
      keyOf: (index) => basename(dirname(keys[index]!)),
    },
  };
}

/** Each attempt writes its own, so that one that was overtaken cannot overwrite, and reads the latest of those before it. */
function checkpointsOf({ checkpointPrefix, attempt }: TrainerSpec): CheckpointStore {
  const keyOf = (number: number) => `${checkpointPrefix}${number}`;
  return {
    save: (bytes) => objects.put(keyOf(attempt), bytes),
    load: async () => {
      for (let number = attempt; number > 0; number--) {
        try {
          return await objects.get(keyOf(number));
        } catch (error) {
          if (!(error instanceof ObjectMissingError)) throw error;
        }
      }
      return undefined;
    },
  };
}

function endOf(error: unknown): TrainerEnd {
  if (commands.cancel.signal.aborted) return { type: 'cancelled' };
  if (commands.handOver.signal.aborted) return { type: 'handedOver' };
  if (error instanceof UnreadablePicturesError)
    return {
      type: 'unreadable',
      keys: [
        ...error.indices.train.map((index) => train.keys[index]!),
        ...error.indices.validation.map((index) => validation.keys[index]!),
      ],
    };
  if (error instanceof DeviceUnavailableError)
    return { type: 'deviceUnavailable', device: error.device, message: error.message };
  if (error instanceof TrainingDivergedError) return { type: 'diverged', message: error.message };
  if (error instanceof OnnxFormatError && spec.initialVersionFile !== null)
    return { type: 'unusableBase', message: error.message };
  if (isDiskFull(error)) return { type: 'diskFull', message: (error as Error).message };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { type: 'failed', message, stack: stack ?? '' };
}
