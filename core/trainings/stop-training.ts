import { eq } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import { InvalidStateError } from '../platform/errors.ts';
import { trainingTable } from './table.ts';
import { appendEvents, wakeWatchers } from './training-events.ts';
import { isFinal, type StopRequest } from './training-facts.ts';
import { finished, lockTraining, requireTraining, type Training } from './training-row.ts';

/** Ends a running training early and keeps the best model so far. @throws {InvalidStateError} while queued or once ended. */
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
    if (training.state === 'QUEUED' && request === 'STOP_AND_KEEP')
      throw new InvalidStateError('The training has not started, so there is no model to keep. Cancel it.', 'QUEUED');
    await appendEvents(tx, trainingId, [{ type: 'STOP_REQUESTED', request }]);
    if (training.state === 'QUEUED') {
      if (training.jobId) await queue.cancelTraining(tx, training.flavor, training.jobId);
      await appendEvents(tx, trainingId, [
        { type: 'STATE_CHANGED', state: 'CANCELLED', stopReason: 'STOPPED_BY_USER', failure: null },
      ]);
      await tx
        .update(trainingTable)
        .set({ state: 'CANCELLED', stopRequest: request, stopReason: 'STOPPED_BY_USER', ...finished })
        .where(eq(trainingTable.id, trainingId));
    } else await tx.update(trainingTable).set({ stopRequest: request }).where(eq(trainingTable.id, trainingId));
    const [row] = await tx.select().from(trainingTable).where(eq(trainingTable.id, trainingId));
    return row!;
  });
  wakeWatchers(ctx.platform, trainingId, changed.projectId);
  return changed;
}
