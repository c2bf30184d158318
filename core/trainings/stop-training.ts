import { eq, sql } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import type { Transaction } from '../platform/database.ts';
import { InvalidStateError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { trainingTable } from './table.ts';
import { appendEvents, wakeWatchers } from './training-events.ts';
import { isFinal, type StopRequest } from './training-facts.ts';
import { checkpointPrefix, finished, lockTraining, requireTraining, type Training } from './training-row.ts';

/**
 * Ends a running training early and keeps the best model so far. One that is still queued has none: it never starts, as if it had been
 * cancelled. @throws {InvalidStateError} once ended.
 */
export async function stopTraining(ctx: ActionContext, trainingId: string): Promise<Training> {
  return requestStop(ctx, trainingId, 'STOP_AND_KEEP');
}

/** Ends a training without a model; one that is still queued never starts. @throws {InvalidStateError} once ended. */
export async function cancelTraining(ctx: ActionContext, trainingId: string): Promise<Training> {
  return requestStop(ctx, trainingId, 'CANCEL');
}

async function requestStop(ctx: ActionContext, trainingId: string, request: StopRequest): Promise<Training> {
  await requireTraining(ctx, trainingId, 'EDITOR');
  const { db, queue } = ctx.platform;
  const changed = await db.transaction(async (tx) => {
    const training = await lockTraining(tx, trainingId);
    if (isFinal(training.state))
      throw new InvalidStateError(`The training has ended already: ${training.state}.`, training.state);
    if (training.stopRequest === request || training.stopRequest === 'CANCEL') return training;
    await appendEvents(tx, trainingId, [{ type: 'STOP_REQUESTED', request }]);
    await tx.update(trainingTable).set({ stopRequest: request }).where(eq(trainingTable.id, trainingId));
    const endsHere = training.state === 'QUEUED' || (request === 'CANCEL' && !(await queue.isHeld(tx, training.jobId)));
    if (endsHere) await cancelWaiting(tx, ctx.platform, training);
    const [row] = await tx.select().from(trainingTable).where(eq(trainingTable.id, trainingId));
    return row!;
  });
  wakeWatchers(ctx.platform, trainingId, changed.projectId);
  if (isFinal(changed.state)) await ctx.platform.objects.deleteAll(checkpointPrefix(changed));
  return changed;
}

/**
 * Cancels a training that no worker has, be it queued or between two attempts. The attempt moves on, so that a worker that was taken for
 * dead cannot write any more.
 */
export async function cancelWaiting(
  tx: Transaction,
  { queue }: Platform,
  { id, flavor, jobId, state }: Training,
): Promise<void> {
  if (jobId) await queue.cancelTraining(tx, flavor, jobId);
  await appendEvents(tx, id, [
    { type: 'STATE_CHANGED', state: 'CANCELLED', stopReason: 'STOPPED_BY_USER', failure: null },
  ]);
  await tx
    .update(trainingTable)
    .set({
      state: 'CANCELLED',
      stopReason: 'STOPPED_BY_USER',
      ...(state !== 'QUEUED' && { attempt: sql`${trainingTable.attempt} + 1` }),
      ...finished,
    })
    .where(eq(trainingTable.id, id));
}
