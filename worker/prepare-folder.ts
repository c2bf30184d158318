import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageKey } from '#core/images/image-row.ts';
import { findModelVersion } from '#core/models/model-versions.ts';
import { ObjectMissingError } from '#core/platform/objects/object-store.ts';
import { s3PlaceOf } from '#core/platform/objects/s3-keys.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { ClaimedTraining } from '#core/trainings/run-training.ts';
import type { TrainingFailure } from '#core/trainings/training-facts.ts';
import { checkpointPrefix } from '#core/trainings/training-row.ts';
import type { ChosenLowering, Device } from '#engine/index.ts';
import type { BaseModelShelf } from './base-model-shelf.ts';
import type { TrainerSpec } from './trainer-protocol.ts';

export interface PreparingEquipment {
  readonly shelf: BaseModelShelf;
  readonly device: Device;
  readonly lowering: ChosenLowering;
}

/**
 * Puts everything into the folder that the trainer needs. Returns why that cannot be, undefined when all is there or `signal` was raised.
 */
export async function prepareFolder(
  platform: Platform,
  claimed: ClaimedTraining,
  { shelf, lowering, device }: PreparingEquipment,
  folder: string,
  signal: AbortSignal,
): Promise<TrainingFailure | undefined> {
  const { training, classes, images, deadline } = claimed;
  await mkdir(folder, { recursive: true });
  const baseModelDirectory = await shelf.directoryOf(training.baseModel, training.preference);
  if (baseModelDirectory === undefined)
    return {
      code: 'BASE_MODEL_UNUSABLE',
      message: `The worker does not have the base model ${JSON.stringify(training.baseModel)}, or cannot use it.`,
      hint: 'Put it into the models folder of every worker of the flavor (EXEMPLAR_MODELS), or choose another one.',
      retryable: true,
    };
  if (signal.aborted) return undefined;
  let initialVersionFile: string | null = null;
  if (training.baseVersionId !== null) {
    try {
      const base = await findModelVersion(platform.db, training.baseVersionId);
      initialVersionFile = join(folder, 'initial-version.onnx');
      await writeFile(initialVersionFile, await platform.objects.get(base!.modelKey));
    } catch (error) {
      if (!(error instanceof ObjectMissingError)) throw error;
      return {
        code: 'BASE_VERSION_UNUSABLE',
        message: 'The files of the base version are gone from the object store.',
        hint: 'Start the training without a base version, or with another one.',
        retryable: false,
      };
    }
  }
  const spec: TrainerSpec = {
    trainingId: training.id,
    objectsDirectory: platform.config.objectsDirectory,
    s3: s3PlaceOf(platform.config.s3),
    baseModelDirectory,
    device,
    lowering,
    projectType: claimed.projectType,
    classes: classes.map((item) => ({ id: item.labelId, name: item.name })),
    images: images.map((image) => ({
      key: imageKey(training.projectId, image.sha256, 'normalised'),
      classIndexes: [...image.classIndexes],
      split: image.split,
    })),
    preference: training.preference,
    seed: training.seed,
    deadline: deadline.getTime(),
    initialVersionFile,
    attempt: training.attempt,
    checkpointPrefix: checkpointPrefix(training),
    cache: { directory: platform.config.cacheDirectory, budgetBytes: platform.config.worker.cacheBytes },
  };
  await writeFile(join(folder, 'training.json'), JSON.stringify(spec));
  return undefined;
}
