import { eq, sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import type { HeldJob } from '../platform/queue.ts';
import { trainingTable } from './table.ts';
import { appendEvents, wakeWatchers } from './training-events.ts';
import type { InterruptionReason } from './training-facts.ts';
import type { Training } from './training-row.ts';

/**
 * Ends an attempt of a training that goes on: says why, counts a crash and gives the job back, so that any worker can take it at once.
 * @param held the job of this attempt. @throws {StaleAttemptError}
 */
export async function interruptTraining(
  platform: Platform,
  { id, attempt, flavor }: Training,
  held: HeldJob,
  { reason, message }: { readonly reason: InterruptionReason; readonly message: string },
): Promise<void> {
  await platform.db.transaction(async (tx) => {
    await appendEvents(tx, id, [{ type: 'INTERRUPTED', reason, attempt, message }], attempt);
    const jobId = await platform.queue.handOverTraining(tx, flavor, held, { trainingId: id });
    const crashes = reason === 'TRAINER_CRASHED' ? 1 : 0;
    await tx
      .update(trainingTable)
      .set({
        crashes: sql`${trainingTable.crashes} + ${crashes}`,
        workerId: null,
        ...(jobId !== undefined && { jobId }),
      })
      .where(eq(trainingTable.id, id));
  });
  wakeWatchers(platform, id);
}
