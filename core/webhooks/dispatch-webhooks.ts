import { eq, sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { projectEventLog, readProjectEvents } from '../projects/project-events.ts';
import { enqueueDelivery } from './enqueue-delivery.ts';
import { webhookDeliveryTable, webhookTable } from './table.ts';
import { webhookBody, webhookMessageOf, wireTypeOf } from './webhook-event.ts';

/** Events that are looked at in one transaction. */
const batch = 200;

/**
 * Puts what has happened since each webhook was last looked after into its deliveries and the queue, in one transaction with the place
 * it has come to: nothing is told twice or forgotten, whoever dies and however many look at once.
 * @param projectIds to look at. @default all
 */
export async function dispatchWebhooks(platform: Platform, projectIds?: readonly string[]): Promise<void> {
  // Reads the project table as well: it says whether there is anything new.
  const rows = await platform.db.execute<{ id: string }>(sql`
    select webhook.id from webhook join project on project.id = webhook.project_id
    where webhook.last_seq < project.last_sequence and webhook.disabled_at is null
      ${projectIds ? sql`and webhook.project_id = any(${sql.param([...projectIds])}::uuid[])` : sql``}`);
  for (const { id } of rows) while (await dispatchBatch(platform, id));
}

/** Whether there may be more. */
async function dispatchBatch(platform: Platform, webhookId: string): Promise<boolean> {
  return platform.db.transaction(async (tx) => {
    const [webhook] = await tx
      .select()
      .from(webhookTable)
      .where(eq(webhookTable.id, webhookId))
      .for('update', { skipLocked: true });
    if (!webhook) return false;
    const { projectId } = webhook;
    // Before the events: those that are not there up to here were deleted for their age.
    const last = await projectEventLog(platform).lastSequence(projectId);
    const events = await readProjectEvents(tx, projectId, webhook.lastSequence, batch);
    for (const { fact, occurredAt } of events) {
      const message = webhookMessageOf(fact);
      if (!message || !webhook.events.includes(message.event)) continue;
      const type = wireTypeOf(message.event);
      const body = webhookBody(type, occurredAt, projectId, message.data);
      const [delivery] = await tx
        .insert(webhookDeliveryTable)
        .values({ webhookId, type, body })
        .returning({ id: webhookDeliveryTable.id });
      await enqueueDelivery(platform, tx, delivery!.id);
    }
    const isFull = events.length === batch;
    const lastSequence = isFull ? events.at(-1)!.sequence : Math.max(last, events.at(-1)?.sequence ?? 0);
    await tx.update(webhookTable).set({ lastSequence }).where(eq(webhookTable.id, webhookId));
    return isFull;
  });
}
