import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { InvalidStateError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { lockProject } from '../projects/project-row.ts';
import { readTrainingConfig, splitInput } from './training-config.ts';
import { draftDataset, prepareDraft } from '../datasets/dataset-draft.ts';
import {
  datasetVersionName,
  findLatestVersion,
  generateName,
  type DatasetVersion,
} from '../datasets/dataset-versions.ts';
import { digestOf, storeDatasetVersion } from '../datasets/store-dataset-version.ts';

const publishInput = splitInput.extend({ projectId: z.string(), name: datasetVersionName.nullish() });

export const publishOutcomes = ['CREATED', 'UNCHANGED'] as const;
export type PublishOutcome = (typeof publishOutcomes)[number];
export interface PublishedDatasetVersion {
  readonly datasetVersion: DatasetVersion;
  /** UNCHANGED: the latest version holds exactly this, and no other name was asked for. */
  readonly outcome: PublishOutcome;
}

/**
 * Freezes the labelled images as they are, whether or not they suffice for a training. Ratios and seed that are left out are those of the
 * project's training config. Where the latest version has the same content and no other name is asked for, it is the answer, so that a
 * repeated call makes nothing new.
 * @throws {ConflictError} when the name is taken. @throws {InvalidStateError} when no image carries a label.
 */
export async function publishDatasetVersion(
  ctx: ActionContext,
  input: z.input<typeof publishInput>,
): Promise<PublishedDatasetVersion> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, name, ...split } = validate(publishInput, input);
  await prepareDraft(ctx.platform, projectId);
  return ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const saved = await readTrainingConfig(tx, ctx.platform.config, projectId);
    const options = {
      trainRatio: split.trainRatio ?? saved.trainRatio,
      testRatio: split.testRatio ?? saved.testRatio,
      seed: split.seed ?? saved.seed,
    };
    const draft = await draftDataset(tx, projectId, options);
    if (draft.images.length === 0)
      throw new InvalidStateError('No image of the project carries a label: there is nothing to publish.', 'EMPTY');
    const latest = await findLatestVersion(tx, projectId);
    if (latest?.contentSha256.equals(digestOf(draft)) && (name ?? latest.name) === latest.name)
      return { datasetVersion: latest, outcome: 'UNCHANGED' };
    const facts = {
      projectId,
      name: name ?? (await generateName(tx, projectId)),
      ...options,
      createdBy: ctx.viewer.userId,
    };
    return { datasetVersion: await storeDatasetVersion(tx, facts, draft), outcome: 'CREATED' };
  });
}
