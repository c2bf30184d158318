import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageKey } from '#core/images/image-row.ts';
import { findModelVersion, readAnswers } from '#core/models/model-versions.ts';
import type { FinishedModel } from '#core/models/store-model-version.ts';
import { ObjectMissingError } from '#core/platform/objects/object-store.ts';
import type { Platform } from '#core/platform/platform.ts';
import {
  claimTraining,
  completeTraining,
  endTraining,
  readStopRequest,
  type ClaimedTraining,
} from '#core/trainings/run-training.ts';
import { StaleAttemptError } from '#core/trainings/training-events.ts';
import { checkpointPrefix } from '#core/trainings/training-row.ts';
import { isLaterState, type StopRequest, type TrainingFailure } from '#core/trainings/training-facts.ts';
import { carries, evaluate, evaluationIntervals, macroF1Interval, predictedLabels } from '#engine/index.ts';
import { toEvaluationFacts, stateOfPhase, toFact } from './engine-facts.ts';
import { FactRecorder } from './fact-recorder.ts';
import type { BaseModelShelf } from './base-model-shelf.ts';
import { compareWithBase } from './forgetting.ts';
import { toLabels } from './to-labels.ts';
import { runTrainer, type TrainerOutcome } from './run-trainer.ts';
import { trainerResultSchema, type TrainerSpec } from './trainer-protocol.ts';

const controlMilliseconds = 500;
/** A trainer that is still alive this long past its deadline hangs. */
const hangMilliseconds = 60_000;
/** A training that crashed this many trainers is not tried again. */
const maximumCrashes = 3;

/** What is the same for all trainings of a worker. */
export interface TrainerEquipment {
  readonly shelf: BaseModelShelf;
  readonly lowering: TrainerSpec['lowering'];
}

/** The trainer died without a word; another attempt may succeed. */
class TrainerCrashedError extends Error {
  constructor(outcome: Extract<TrainerOutcome, { type: 'crashed' }>) {
    super(`The trainer ended with ${outcome.signal ?? `code ${outcome.code}`}: ${outcome.stderr.trim().slice(-500)}`);
    this.name = 'TrainerCrashedError';
  }
}

/**
 * Runs one training from claim to end. Returns when the training has ended or belongs to another attempt; throws when it should be
 * tried again. `signal` aborts when the queue takes the job away or the worker stops.
 */
export async function trainJob(
  platform: Platform,
  equipment: TrainerEquipment,
  trainingId: string,
  signal: AbortSignal,
): Promise<void> {
  const claimed = await claimTraining(platform, trainingId);
  if (!claimed) return;
  const { attempt } = claimed.training;
  const folder = join(platform.config.workDirectory, `${trainingId}-${attempt}`);
  try {
    await mkdir(folder, { recursive: true });
    const problem = await prepareFolder(platform, claimed, equipment, folder);
    if (problem) return await endTraining(platform, trainingId, attempt, { state: 'FAILED', failure: problem });
    const outcome = await superviseTrainer(platform, claimed, folder, signal);
    await finish(platform, claimed, folder, outcome);
    await platform.objects.deleteAll(checkpointPrefix(claimed.training));
  } catch (error) {
    if (!(error instanceof StaleAttemptError)) throw error;
    platform.log.warn({ trainingId, attempt }, 'another attempt has taken over');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepareFolder(
  platform: Platform,
  claimed: ClaimedTraining,
  { shelf, lowering }: TrainerEquipment,
  folder: string,
): Promise<TrainingFailure | undefined> {
  const { training, classes, images, deadline } = claimed;
  const baseModelDirectory = await shelf.directoryOf(training.baseModel, training.preference);
  if (baseModelDirectory === undefined)
    return {
      code: 'BASE_MODEL_UNUSABLE',
      message: `The worker does not have the base model ${JSON.stringify(training.baseModel)}, or cannot use it.`,
      hint: 'Put it into the models folder of every worker of the flavor (EXEMPLAR_MODELS), or choose another one.',
      retryable: true,
    };
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
    baseModelDirectory,
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

/** Runs the trainer, writes what it tells, passes on what the user wants. @throws {StaleAttemptError} */
async function superviseTrainer(
  platform: Platform,
  claimed: ClaimedTraining,
  folder: string,
  signal: AbortSignal,
): Promise<TrainerOutcome> {
  const { training, classes, deadline } = claimed;
  let lost: unknown;
  const giveUp = (error: unknown) => {
    lost ??= error;
    trainer.kill();
  };
  const recorder = new FactRecorder(platform, training.id, training.attempt, giveUp);
  let state = training.state;
  const trainer = runTrainer(folder, (event) => {
    // Later stages look at pictures again; for people the training runs on.
    if (event.type === 'progress' && isLaterState(stateOfPhase[event.phase], state)) {
      state = stateOfPhase[event.phase];
      recorder.add({ type: 'STATE_CHANGED', state, stopReason: null, failure: null });
    }
    const fact = toFact(event, classes);
    if (fact) recorder.add(fact);
  });
  const stop = () => giveUp(new Error('the worker stops or has lost the job'));
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let passedOn: StopRequest | null = null;
  let checking = false;
  const control = setInterval(() => {
    if (Date.now() > deadline.getTime() + hangMilliseconds) trainer.kill();
    if (checking) return;
    checking = true;
    readStopRequest(platform, training.id, training.attempt)
      .then((request) => {
        if (request === null || request === passedOn) return;
        passedOn = request;
        trainer.command(request === 'CANCEL' ? 'cancel' : 'keep');
      })
      .catch((error) => {
        // A database that does not answer for a moment is no reason to give up a training; a successor is.
        if (error instanceof StaleAttemptError) giveUp(error);
      })
      .finally(() => {
        checking = false;
      });
  }, controlMilliseconds);
  try {
    const outcome = await trainer.outcome;
    await recorder.flush();
    if (lost !== undefined) throw lost instanceof Error ? lost : new Error('the trainer was given up', { cause: lost });
    if (outcome.type === 'crashed' && passedOn === 'CANCEL') return { type: 'cancelled' };
    return outcome;
  } finally {
    clearInterval(control);
    signal.removeEventListener('abort', stop);
  }
}

async function finish(
  platform: Platform,
  claimed: ClaimedTraining,
  folder: string,
  outcome: TrainerOutcome,
): Promise<void> {
  const { training } = claimed;
  const fail = (failure: TrainingFailure) =>
    endTraining(platform, training.id, training.attempt, { state: 'FAILED', failure });
  switch (outcome.type) {
    case 'done': {
      const { stopReason, model } = await storeModel(platform, claimed, folder);
      try {
        return await completeTraining(platform, claimed, stopReason, model);
      } catch (error) {
        // Overtaken, or deleted with its project: nobody will ever ask for these files.
        if (error instanceof StaleAttemptError) await platform.objects.deleteAll(modelFolder(training));
        throw error;
      }
    }
    case 'cancelled':
      return endTraining(platform, training.id, training.attempt, { state: 'CANCELLED' });
    case 'unreadable': {
      const missing = new Set(outcome.keys);
      const imageIds = claimed.images
        .filter((image) => missing.has(imageKey(training.projectId, image.sha256, 'normalised')))
        .map((image) => image.imageId);
      return fail({
        code: 'UNREADABLE_IMAGES',
        message: `${imageIds.length} image(s) of the dataset version cannot be read.`,
        hint: 'Delete these images or upload them again, then start the training again.',
        retryable: false,
        imageIds: imageIds.slice(0, 100),
      });
    }
    case 'unusableBase':
      return fail({
        code: 'BASE_VERSION_UNUSABLE',
        message: `The base version cannot be gone on from: ${outcome.message}`,
        hint: 'Start the training without a base version, or with another one.',
        retryable: false,
      });
    case 'diverged':
      return fail({
        code: 'DIVERGED',
        message: outcome.message,
        hint: 'Look for pictures with a wrong label, or start the training with another seed or another preference.',
        retryable: true,
      });
    case 'failed':
      platform.log.error({ trainingId: training.id, stack: outcome.stack }, 'a training failed');
      return fail({
        code: /bad_alloc|out of memory|allocation failed/i.test(outcome.message) ? 'OUT_OF_MEMORY' : 'INTERNAL',
        message: outcome.message,
        hint: 'Start the training again; if it fails again, send us the log of the worker.',
        retryable: true,
      });
    case 'crashed': {
      const crash = new TrainerCrashedError(outcome);
      if (training.attempt < maximumCrashes) throw crash;
      return fail({
        code: outcome.signal === 'SIGKILL' || outcome.signal === 'SIGABRT' ? 'OUT_OF_MEMORY' : 'INTERNAL',
        message: crash.message,
        hint: 'Give the worker more memory, then start the training again.',
        retryable: true,
      });
    }
  }
}

/** Each attempt has its own, so that one that was overtaken cannot overwrite. */
const modelFolder = ({ projectId, id, attempt }: ClaimedTraining['training']): string =>
  `projects/${projectId}/models/${id}-${attempt}/`;

/** Puts the trainer's files into the object store and works out what the database shall say of them. */
async function storeModel(platform: Platform, claimed: ClaimedTraining, folder: string) {
  const { training, classes, images } = claimed;
  const result = trainerResultSchema.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
  const modelBytes = await readFile(join(folder, 'model.onnx'));
  const modelKey = `${modelFolder(training)}model.onnx`;
  await platform.objects.put(modelKey, modelBytes);
  const validation = images.filter((image) => image.split === 'VALIDATION');
  const thresholds = result.thresholds ? Float32Array.from(result.thresholds) : undefined;
  const classCount = classes.length;
  const actual = toLabels(
    claimed.projectType,
    classCount,
    validation.map((image) => image.classIndexes),
  );
  const probabilities = Float32Array.from(result.predictions.flat());
  const predicted = predictedLabels(probabilities, classCount, thresholds);
  const evaluation = evaluate(actual, probabilities, classCount, thresholds);
  const modelClasses = classes.map((item, index) => ({
    labelId: item.labelId,
    name: item.name,
    ...(thresholds && { threshold: thresholds[index]! }),
  }));
  const predictions = validation.map((image, index) => ({
    imageId: image.imageId,
    actualClasses: image.classIndexes,
    predictedClasses: [...classes.keys()].filter((at) => carries(predicted, classCount, index, at)),
    probabilities: result.predictions[index]!,
  }));
  const base = training.baseVersionId && (await readAnswers(platform.db, training.baseVersionId));
  const intervals = evaluationIntervals(evaluation);
  const model: FinishedModel = {
    classes: modelClasses,
    modelKey,
    modelSha256: createHash('sha256').update(modelBytes).digest(),
    modelBytes: modelBytes.byteLength,
    baseModel: result.baseModel,
    baseModelSha256: result.baseModelSha256,
    secondsByPhase: result.secondsByPhase,
    recipe: result.recipe,
    forgetting: base ? compareWithBase(base, { classes: modelClasses, answers: predictions }) : null,
    evaluation: toEvaluationFacts(evaluation, classes),
    confidence: {
      ...intervals,
      macroF1: macroF1Interval(actual, predicted, classCount, training.seed),
      temperature: result.calibration.temperature,
      calibrationErrorBefore: result.calibration.errorBefore,
      calibrationErrorAfter: result.calibration.errorAfter,
      crossValidated: result.crossValidated,
    },
    predictions,
  };
  return { stopReason: result.stopReason, model };
}
