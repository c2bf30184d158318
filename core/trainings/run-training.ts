import { and, eq, sql } from 'drizzle-orm';
import {
  readDatasetClasses,
  readDatasetImages,
  type DatasetClass,
  type DatasetImage,
} from '../datasets/dataset-versions.ts';
import { storeModelVersion, type FinishedModel } from '../models/store-model-version.ts';
import type { Device } from '../platform/config.ts';
import type { Platform } from '../platform/platform.ts';
import type { HeldJob } from '../platform/queue.ts';
import { appendProjectEvents } from '../projects/project-events.ts';
import { readProject, type Project } from '../projects/project-row.ts';
import { takePlace } from './parallel-places.ts';
import { trainingTable } from './table.ts';
import type { Transaction } from '../platform/database.ts';
import { appendEvents, appendFacts, StaleAttemptError, wakeWatchers } from './training-events.ts';
import {
  isFinal,
  type StopReason,
  type StopRequest,
  type TrainingFact,
  type TrainingFailure,
  type TrainingProgress,
  type TrainingState,
} from './training-facts.ts';
import { finished, type Training } from './training-row.ts';

/*
 * What a worker may do to a training. There is no viewer here: the job was enqueued by one. Every write is guarded by the attempt
 * number that `claimTraining` gave, so that a worker that was taken for dead cannot write after its successor started.
 */

export interface ClaimedTraining {
  readonly training: Training;
  readonly projectType: Project['type'];
  readonly classes: readonly DatasetClass[];
  readonly images: readonly DatasetImage[];
  /** Wall clock at which the best model so far is saved: counts from the first attempt. */
  readonly deadline: Date;
}

export interface Claimant {
  readonly workerId: string;
  /** What it trains on. */
  readonly device: Device;
  /** The job by which it came to the training. */
  readonly held: HeldJob;
}

/**
 * Takes the training for a new attempt; undefined when it has ended already, was deleted with its project, or was given back, because as many of
 * its flavor run as may.
 */
export async function claimTraining(
  platform: Platform,
  trainingId: string,
  by?: Claimant,
): Promise<ClaimedTraining | undefined> {
  const training = await platform.db.transaction(async (tx) => {
    const [current] = await tx
      .select()
      .from(trainingTable)
      .where(eq(trainingTable.id, trainingId))
      .for('no key update');
    if (!current || isFinal(current.state)) return undefined;
    if (by && !(await takePlace(tx, platform, current, by.held))) return undefined;
    const [row] = await tx
      .update(trainingTable)
      .set({
        attempt: sql`${trainingTable.attempt} + 1`,
        state: 'PREPARING',
        startedAt: sql`coalesce(${trainingTable.startedAt}, now())`,
        workerId: by?.workerId ?? null,
        device: by?.device ?? null,
        noWorkerSince: null,
      })
      .where(eq(trainingTable.id, trainingId))
      .returning();
    const facts: TrainingFact[] = [];
    if (row!.attempt > 1) {
      const lost = row!.attempt - 1;
      if (!(await hasSaidGoodbye(tx, trainingId, lost)))
        facts.push({
          type: 'INTERRUPTED',
          reason: 'WORKER_LOST',
          attempt: lost,
          message: 'The worker was not heard of any more.',
        });
      facts.push({ type: 'RESUMED', attempt: row!.attempt });
    }
    facts.push({ type: 'STATE_CHANGED', state: 'PREPARING', stopReason: null, failure: null });
    await appendEvents(tx, trainingId, facts, row!.attempt);
    return row!;
  });
  if (!training) return undefined;
  wakeWatchers(platform, trainingId, training.projectId);
  const { type: projectType } = await readProject(platform.db, training.projectId);
  return {
    training,
    projectType,
    classes: await readDatasetClasses(platform.db, training.datasetVersionId),
    images: await readDatasetImages(platform.db, training.datasetVersionId),
    deadline: new Date(training.startedAt!.getTime() + training.maxDurationMinutes * 60_000),
  };
}

/** Whether the attempt itself has told how it ended. */
async function hasSaidGoodbye(tx: Transaction, trainingId: string, attempt: number): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from training_event
    where training_id = ${trainingId} and attempt = ${attempt} and type = 'INTERRUPTED'
      and payload->>'reason' <> 'WORKER_LOST' limit 1`);
  return rows.length > 0;
}

/** What the user wants of a running training. @throws {StaleAttemptError} when another attempt has taken over. */
export async function readStopRequest(
  platform: Platform,
  trainingId: string,
  attempt: number,
): Promise<StopRequest | null> {
  const [row] = await platform.db
    .select({ stopRequest: trainingTable.stopRequest })
    .from(trainingTable)
    .where(and(eq(trainingTable.id, trainingId), eq(trainingTable.attempt, attempt)));
  if (!row) throw new StaleAttemptError(trainingId, attempt);
  return row.stopRequest;
}

/** Writes facts and, with them, what the row shows of them, all or nothing. @throws {StaleAttemptError} */
export async function recordFacts(
  platform: Platform,
  trainingId: string,
  attempt: number,
  facts: readonly TrainingFact[],
  changes: { state?: TrainingState; progress?: TrainingProgress } = {},
): Promise<void> {
  if (facts.length === 0) return;
  if (!changes.state && facts.every((fact) => fact.type !== 'STATE_CHANGED')) {
    await appendFacts(platform.client, trainingId, attempt, facts, changes.progress);
    wakeWatchers(platform, trainingId);
    return;
  }
  const projectId = await platform.db.transaction(async (tx) => {
    const projectId = await appendEvents(tx, trainingId, facts, attempt);
    if (changes.state || changes.progress)
      await tx.update(trainingTable).set(changes).where(eq(trainingTable.id, trainingId));
    return projectId;
  });
  wakeWatchers(platform, trainingId, changes.state && projectId);
}

/** Model, evaluation, class statistics, predictions and the final state commit together. @throws {StaleAttemptError} */
export async function completeTraining(
  platform: Platform,
  claimed: ClaimedTraining,
  stopReason: StopReason,
  model: FinishedModel,
): Promise<void> {
  const { training } = claimed;
  await platform.db.transaction(async (tx) => {
    await appendEvents(
      tx,
      training.id,
      [
        { type: 'EVALUATED', evaluation: model.validation.evaluation, test: model.test?.evaluation ?? null },
        { type: 'STATE_CHANGED', state: 'COMPLETED', stopReason, failure: null },
      ],
      training.attempt,
    );
    const modelVersionId = await storeModelVersion(tx, training, model);
    await appendProjectEvents(tx, training.projectId, [
      {
        type: 'VERSION_CREATED',
        modelVersionId,
        trainingId: training.id,
        versionNumber: training.versionNumber,
        accuracy: model.validation.evaluation.accuracy,
      },
    ]);
    await tx
      .update(trainingTable)
      .set({ state: 'COMPLETED', stopReason, ...finished })
      .where(eq(trainingTable.id, training.id));
  });
  wakeWatchers(platform, training.id, training.projectId);
}

/** Ends it without a model. @throws {StaleAttemptError} */
export async function endTraining(
  platform: Platform,
  trainingId: string,
  attempt: number,
  end: { state: 'FAILED'; failure: TrainingFailure } | { state: 'CANCELLED' },
): Promise<void> {
  const failure = end.state === 'FAILED' ? end.failure : null;
  const stopReason = end.state === 'CANCELLED' ? ('STOPPED_BY_USER' as const) : null;
  const projectId = await platform.db.transaction(async (tx) => {
    const fact = { type: 'STATE_CHANGED', state: end.state, stopReason, failure } as const;
    const projectId = await appendEvents(tx, trainingId, [fact], attempt);
    await tx
      .update(trainingTable)
      .set({ state: end.state, failure, stopReason, ...finished })
      .where(eq(trainingTable.id, trainingId));
    return projectId;
  });
  wakeWatchers(platform, trainingId, projectId);
}
