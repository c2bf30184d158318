import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { findEarlierResult, idempotencyKey, rememberResult } from '../access/idempotency.ts';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { prepareDraft } from '../datasets/dataset-draft.ts';
import { storeDatasetVersion } from '../datasets/store-dataset-version.ts';
import { ConflictError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { lockProject, nextVersionNumber } from '../projects/project-row.ts';
import { requireRoom } from '../quotas/require-room.ts';
import { missingWorker } from './missing-workers.ts';
import { trainingTable } from './table.ts';
import { appendEvents, wakeWatchers } from './training-events.ts';
import { assessReadiness, NotReadyError, type ReadinessInput } from './training-readiness.ts';
import type { Training } from './training-row.ts';

export interface StartTrainingInput extends ReadinessInput {
  /** UUID chosen by the caller: the same key with the same input gives the same training, however often it is sent. */
  readonly idempotencyKey?: string | null | undefined;
}

const keyInput = z.object({ idempotencyKey: idempotencyKey.nullish() });

/**
 * Starts a round in ONE transaction: checks readiness, publishes the dataset version, takes the next V-number, writes event 1 and
 * enqueues the job. Two at once give two versions, or a conflict where they name the same dataset version.
 * @throws {NotReadyError} {ConflictError} {ValidationError} {NotFoundError} {QuotaExceededError}
 */
export async function startTraining(ctx: ActionContext, input: StartTrainingInput): Promise<Training> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const call = { operation: 'startTraining', key: validate(keyInput, input).idempotencyKey, input };
  const { platform, viewer } = ctx;
  const { projectId } = input;
  await prepareDraft(platform, projectId);
  const training = await platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const earlierId = await findEarlierResult(tx, ctx, call);
    const [earlier] = earlierId ? await tx.select().from(trainingTable).where(eq(trainingTable.id, earlierId)) : [];
    if (earlier) return earlier;
    await requireRoom(tx, projectId, ['ACTIVE_TRAININGS', 'TRAINING_MINUTES']);
    const readiness = await assessReadiness(tx, ctx, input);
    const taken = readiness.blockers.find((blocker) => blocker.code === 'DATASET_VERSION_NAME_TAKEN');
    if (taken) throw new ConflictError(taken.message);
    if (!readiness.isReady) throw new NotReadyError(readiness.blockers);
    const { config } = readiness;
    const datasetVersion = await storeDatasetVersion(
      tx,
      {
        projectId,
        name: readiness.datasetVersionName,
        trainRatio: config.trainRatio,
        testRatio: config.testRatio,
        seed: config.seed,
        createdBy: viewer.userId,
      },
      readiness.draft,
    );
    const [inserted] = await tx
      .insert(trainingTable)
      .values({
        projectId,
        versionNumber: await nextVersionNumber(tx, projectId),
        datasetVersionId: datasetVersion.id,
        ...config,
        createdBy: viewer.userId,
      })
      .returning();
    const trainingId = inserted!.id;
    const missing = await missingWorker(tx, config.flavor);
    await appendEvents(tx, trainingId, [
      { type: 'STATE_CHANGED', state: 'QUEUED', stopReason: null, failure: null },
      ...(missing ? [missing] : []),
    ]);
    const jobId = await platform.queue.enqueueTraining(tx, config.flavor, { trainingId });
    const [started] = await tx
      .update(trainingTable)
      .set({ jobId, noWorkerSince: missing ? sql`now()` : null })
      .where(eq(trainingTable.id, trainingId))
      .returning();
    await rememberResult(tx, ctx, call, trainingId);
    return started!;
  });
  wakeWatchers(platform, training.id, projectId);
  return training;
}
