import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { InvalidStateError } from '../platform/errors.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import { enqueueDelivery } from './enqueue-delivery.ts';
import { webhookDeliveryTable, webhookTable } from './table.ts';
import { testType, webhookBody } from './webhook-event.ts';
import { requireWebhook } from './webhooks.ts';

export type WebhookDelivery = typeof webhookDeliveryTable.$inferSelect;

/** How long deliveries can be looked at. */
const keptDays = 30;

/** What was sent to a webhook or is to be, newest first; callers have checked access to the webhook. */
export async function listWebhookDeliveries(
  { platform }: ActionContext,
  webhookId: string,
  request: PageRequest,
): Promise<Page<WebhookDelivery>> {
  const { limit, after } = readPageRequest(request);
  const rows = await platform.db
    .select()
    .from(webhookDeliveryTable)
    .where(
      and(
        eq(webhookDeliveryTable.webhookId, webhookId),
        after === undefined ? undefined : lt(webhookDeliveryTable.id, after),
      ),
    )
    .orderBy(desc(webhookDeliveryTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** Sends a message that tells of nothing. @throws {InvalidStateError} when the webhook is disabled. */
export async function testWebhook(ctx: ActionContext, id: string): Promise<WebhookDelivery> {
  const webhook = await requireWebhook(ctx, id);
  requireEnabled(webhook);
  const body = webhookBody(testType, new Date(), webhook.projectId, {});
  return ctx.platform.db.transaction(async (tx) => {
    const [delivery] = await tx
      .insert(webhookDeliveryTable)
      .values({ webhookId: webhook.id, type: testType, body })
      .returning();
    await enqueueDelivery(ctx.platform, tx, delivery!.id);
    return delivery!;
  });
}

/** Sends again what is dead or was delivered, with the same id. @throws {InvalidStateError} while it is still tried. */
export async function redeliverWebhook(ctx: ActionContext, id: string): Promise<WebhookDelivery> {
  const { platform } = ctx;
  const [found] = isUuid(id)
    ? await platform.db
        .select()
        .from(webhookDeliveryTable)
        .innerJoin(webhookTable, eq(webhookTable.id, webhookDeliveryTable.webhookId))
        .where(eq(webhookDeliveryTable.id, id))
    : [];
  await requireProjectOf(ctx, 'WebhookDelivery', id, found?.webhook.projectId, 'OWNER');
  requireEnabled(found!.webhook);
  return platform.db.transaction(async (tx) => {
    const [delivery] = await tx
      .update(webhookDeliveryTable)
      .set({ state: 'PENDING' })
      .where(and(eq(webhookDeliveryTable.id, id), sql`${webhookDeliveryTable.state} <> 'PENDING'`))
      .returning();
    if (!delivery) throw new InvalidStateError('It is still being tried.', 'PENDING');
    await enqueueDelivery(platform, tx, delivery.id);
    return delivery;
  });
}

function requireEnabled({ disabledAt, disabledReason }: typeof webhookTable.$inferSelect): void {
  if (disabledAt) throw new InvalidStateError(`The webhook is disabled: ${disabledReason}`, 'DISABLED');
}

/** Deletes deliveries older than 30 days, at most some thousands a call. Returns how many went. */
export async function deleteOldWebhookDeliveries(platform: Platform): Promise<number> {
  const rows = await platform.db.execute(sql`
    delete from webhook_delivery where id in (
      select id from webhook_delivery where created_at < now() - make_interval(days => ${keptDays}) limit 10000)
    returning 1`);
  return rows.length;
}
