import { sql } from 'drizzle-orm';
import type { Config } from '../platform/config.ts';
import type { Transaction } from '../platform/database.ts';
import type { Queue } from '../platform/queue.ts';
import { isUnfinished } from './checkpoint-copies.ts';

/** What waits for a worker again. */
export interface Requeued {
  readonly trainings: number;
  readonly transfers: number;
  readonly baseModels: number;
  readonly webhooks: number;
}

/**
 * Gives new jobs to whatever had one: the queue is no part of a backup, since all that it holds follows from the rows. Those who had begun come
 * first, and the time between the backup and now does not count against the limit of a training.
 */
export async function requeueWork(
  tx: Transaction,
  queue: Queue,
  config: Config,
  snapshotAt: string,
): Promise<Requeued> {
  const trainings = await tx.execute<{ id: string; flavor: string }>(sql`
    select id, flavor from training where ${sql.raw(isUnfinished)} order by started_at, id`);
  for (const { id, flavor } of trainings) {
    const jobId = await queue.enqueueTraining(tx, flavor, { trainingId: id });
    await tx.execute(sql`
      update training set job_id = ${jobId}, started_at = started_at + (now() - ${snapshotAt}::timestamptz) where id = ${id}`);
  }
  const transfers = await tx.execute<{ id: string }>(sql`
    select id from transfer where state in ('QUEUED', 'RUNNING') order by started_at, id`);
  for (const { id } of transfers) {
    const jobId = await queue.enqueueTransfer(tx, { transferId: id });
    await tx.execute(sql`update transfer set job_id = ${jobId} where id = ${id}`);
  }
  const uploads = await tx.execute<{ id: string }>(sql`
    select id from base_model_upload where state = 'QUEUED' order by id`);
  for (const { id } of uploads) await queue.enqueueAdoption(tx, { uploadId: id });
  const deliveries = await tx.execute<{ id: string }>(sql`
    select id from webhook_delivery where state = 'PENDING' order by id`);
  for (const { id } of deliveries) await queue.enqueueWebhook(tx, { deliveryId: id }, config.operations.webhooks);
  return {
    trainings: trainings.length,
    transfers: transfers.length,
    baseModels: uploads.length,
    webhooks: deliveries.length,
  };
}
