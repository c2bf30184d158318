import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject, requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { LimitExceededError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { validate } from '../platform/validate.ts';
import { projectEventLog } from '../projects/project-events.ts';
import { webhookTable } from './table.ts';
import { webhookEvents } from './webhook-event.ts';
import { webhookSecret, webhookSecretText } from './webhook-signature.ts';

export type Webhook = typeof webhookTable.$inferSelect;

const mostWebhooks = 10;

const webhookUrl = z
  .string()
  .max(2048)
  .refine((text) => {
    const url = URL.parse(text);
    return url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.hash;
  }, 'must be an https or http address without a user, a password or a fragment');

const createWebhookInput = z.object({
  projectId: z.string(),
  url: webhookUrl,
  events: z.array(z.enum(webhookEvents)).min(1).max(webhookEvents.length),
});

/** From now on the events are sent to the address. The secret is told this once. @throws {LimitExceededError} past 10 in a project. */
export async function createWebhook(
  ctx: ActionContext,
  input: z.input<typeof createWebhookInput>,
): Promise<{ webhook: Webhook; secret: string }> {
  await requireProject(ctx, input.projectId, 'OWNER');
  const { projectId, url, events } = validate(createWebhookInput, input);
  const { db, signingSecret } = ctx.platform;
  const lastSequence = await projectEventLog(ctx.platform).lastSequence(projectId);
  const webhook = await db.transaction(async (tx) => {
    // Two at once must not both take the last place.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`webhooks ${projectId}`}))`);
    const used = await tx.$count(webhookTable, eq(webhookTable.projectId, projectId));
    if (used >= mostWebhooks) throw new LimitExceededError('Webhooks of this project', mostWebhooks, used + 1);
    const [row] = await tx
      .insert(webhookTable)
      .values({ projectId, url, events: [...new Set(events)], lastSequence })
      .returning();
    return row!;
  });
  return { webhook, secret: webhookSecretText(webhookSecret(signingSecret, webhook.id)) };
}

/** All of a project, oldest first. */
export async function listWebhooks(ctx: ActionContext, projectId: string): Promise<Webhook[]> {
  await requireProject(ctx, projectId, 'OWNER');
  return ctx.platform.db
    .select()
    .from(webhookTable)
    .where(eq(webhookTable.projectId, projectId))
    .orderBy(asc(webhookTable.id));
}

/** Also ends what was still to be sent. */
export async function deleteWebhook(ctx: ActionContext, id: string): Promise<void> {
  const webhook = await requireWebhook(ctx, id);
  await ctx.platform.db.delete(webhookTable).where(eq(webhookTable.id, webhook.id));
}

/** The webhook, once the viewer's role in its project is checked. @throws {NotFoundError} */
export async function requireWebhook(ctx: ActionContext, id: string): Promise<Webhook> {
  const [webhook] = isUuid(id) ? await ctx.platform.db.select().from(webhookTable).where(eq(webhookTable.id, id)) : [];
  await requireProjectOf(ctx, 'Webhook', id, webhook?.projectId, 'OWNER');
  return webhook!;
}
