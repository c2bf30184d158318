import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { draftDataset, prepareDraft, type DatasetDraft } from '../datasets/dataset-draft.ts';
import { datasetVersionName as versionName, generateName, isNameTaken } from '../datasets/dataset-versions.ts';
import { findBaseModel } from '../base-models/base-models.ts';
import { findModelVersion } from '../models/model-versions.ts';
import type { Queryable } from '../platform/database.ts';
import { UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { readProject } from '../projects/project-row.ts';
import { minimumImagesPerClass, type BlockerCode, type ReadinessIssue, type WarningCode } from './readiness-issue.ts';
import { splitBlockers, splitWarnings } from './split-issues.ts';
import {
  applyConfigInput,
  readTrainingConfig,
  type TrainingConfig,
  type TrainingConfigInput,
} from './training-config.ts';

export const minimumClasses = 2;
/** The reference advises at least this many for a good model. */
export const advisedImagesPerClass = 50;
/** The largest class may be this many times the smallest before we warn. */
const imbalanceWarning = 5;

export interface TrainingReadiness {
  readonly isReady: boolean;
  readonly config: TrainingConfig;
  readonly datasetVersionName: string;
  readonly blockers: readonly ReadinessIssue<BlockerCode>[];
  readonly warnings: readonly ReadinessIssue<WarningCode>[];
  /** The exact split of the dataset version that a start at this moment would publish. */
  readonly draft: DatasetDraft;
}

export interface ReadinessInput extends TrainingConfigInput {
  readonly projectId: string;
  /** Left out = generated. */
  readonly datasetVersionName?: string | null | undefined;
}

const datasetVersionNameInput = z.object({ datasetVersionName: versionName.nullish() });

/** `startTraining` was called although something is missing; lists what. */
export class NotReadyError extends UserError {
  readonly code = 'NOT_READY';
  readonly blockers: readonly ReadinessIssue<BlockerCode>[];
  constructor(blockers: readonly ReadinessIssue<BlockerCode>[]) {
    super(`The training cannot start: ${blockers.map((blocker) => blocker.message).join(' ')}`);
    this.name = 'NotReadyError';
    this.blockers = blockers;
  }
}

/** Whether a training with this config can start now, why not, and the exact split it would use. */
export async function trainingReadiness(ctx: ActionContext, input: ReadinessInput): Promise<TrainingReadiness> {
  await requireProject(ctx, input.projectId, 'VIEWER');
  await prepareDraft(ctx.platform, input.projectId);
  return assessReadiness(ctx.platform.db, ctx, input);
}

/** The same assessment inside a transaction: it also guards `startTraining`. */
export async function assessReadiness(
  db: Queryable,
  ctx: ActionContext,
  input: ReadinessInput,
): Promise<TrainingReadiness> {
  const { projectId } = input;
  const { datasetVersionName } = validate(datasetVersionNameInput, input);
  const saved = await readTrainingConfig(db, ctx.platform.config, projectId);
  const config = applyConfigInput(ctx.platform.config, saved, input);
  const project = await readProject(db, projectId);
  const draft = await draftDataset(db, projectId, config);
  const blockers: ReadinessIssue<BlockerCode>[] = [];
  const warnings: ReadinessIssue<WarningCode>[] = [];

  if (draft.classes.length < minimumClasses)
    blockers.push({
      code: 'TOO_FEW_CLASSES',
      message: `At least ${minimumClasses} labels with images are needed; there are ${draft.classes.length}.`,
      labelId: null,
    });
  const counts = draft.classes.map((item) => item.trainCount + item.validationCount + item.testCount);
  draft.classes.forEach(({ label }, index) => {
    const count = counts[index]!;
    if (count < minimumImagesPerClass)
      blockers.push({
        code: 'TOO_FEW_IMAGES',
        message: `Label ${JSON.stringify(label.name)} has ${count} image(s); at least ${minimumImagesPerClass} are needed (ModelArts.4711).`,
        labelId: label.id,
      });
    else if (count < advisedImagesPerClass)
      warnings.push({
        code: 'FEW_IMAGES',
        message: `Label ${JSON.stringify(label.name)} has ${count} images; ${advisedImagesPerClass} or more make a better model and a firmer evaluation.`,
        labelId: label.id,
      });
  });
  const smallest = Math.min(...counts);
  const largest = Math.max(...counts);
  if (counts.length > 1 && largest > smallest * imbalanceWarning)
    warnings.push({
      code: 'IMBALANCED',
      message: `The largest class has ${largest} images, the smallest ${smallest}; the model will lean to the large one.`,
      labelId: null,
    });
  const unlabelled = project.imageCount - project.labelledImageCount;
  if (unlabelled > 0)
    warnings.push({
      code: 'UNLABELLED_IGNORED',
      message: `${unlabelled} image(s) without a label are ignored.`,
      labelId: null,
    });
  draft.classes.forEach(({ label }, index) => {
    if (project.type === 'MULTI_LABEL' && counts[index] === draft.images.length)
      warnings.push({
        code: 'LABEL_ON_ALL_IMAGES',
        message: `Every image carries label ${JSON.stringify(label.name)}: the model cannot learn to tell it from anything.`,
        labelId: label.id,
      });
  });
  blockers.push(...splitBlockers(draft, project.type));
  warnings.push(...splitWarnings(draft, config));

  const givenName = datasetVersionName ?? undefined;
  if (givenName !== undefined && (await isNameTaken(db, projectId, givenName)))
    blockers.push({
      code: 'DATASET_VERSION_NAME_TAKEN',
      message: `The project has a dataset version named ${JSON.stringify(givenName)} already (ModelArts.4371).`,
      labelId: null,
    });
  if (config.baseVersionId !== null && (await findModelVersion(db, config.baseVersionId))?.projectId !== projectId)
    blockers.push({
      code: 'BASE_VERSION_UNUSABLE',
      message: 'The base version is not a completed model version of this project.',
      labelId: null,
    });
  if (config.baseModel !== null && !(await findBaseModel(db, config.baseModel)))
    blockers.push({
      code: 'BASE_MODEL_UNKNOWN',
      message: `No worker has offered a base model named ${JSON.stringify(config.baseModel)}.`,
      labelId: null,
    });
  return {
    isReady: blockers.length === 0,
    config,
    datasetVersionName: givenName ?? (await generateName(db, projectId)),
    blockers,
    warnings,
    draft,
  };
}
