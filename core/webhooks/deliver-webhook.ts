import { eq, sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { AddressRefusedError, postOutbound } from '../platform/outbound/post-outbound.ts';
import { networkList } from '../platform/outbound/public-address.ts';
import { webhookDeliveryTable, webhookTable } from './table.ts';
import { signedHeaders, webhookSecret } from './webhook-signature.ts';

const milliseconds = 10_000;

/** The receiver says by it that the webhook is to end (Standard Webhooks). */
const gone = 410;

interface Attempt {
  readonly status: number | null;
  /** Null: delivered. */
  readonly error: string | null;
  readonly isFinal: boolean;
}

/**
 * Tries a delivery once and writes down what came of it. @param isLast whether the queue does not try again. @throws {Error} when the
 * queue is to try again.
 */
export async function deliverWebhook(
  platform: Platform,
  deliveryId: string,
  isLast: boolean,
  signal: AbortSignal,
): Promise<void> {
  const [found] = await platform.db
    .select()
    .from(webhookDeliveryTable)
    .innerJoin(webhookTable, eq(webhookTable.id, webhookDeliveryTable.webhookId))
    .where(eq(webhookDeliveryTable.id, deliveryId));
  // Deleted with its webhook, or delivered by a job whose worker died before it could say so.
  if (!found || found.webhook_delivery.state !== 'PENDING') return;
  const { webhook, webhook_delivery: delivery } = found;
  const attempt: Attempt = webhook.disabledAt
    ? { status: null, error: `The webhook is disabled: ${webhook.disabledReason}`, isFinal: true }
    : await send(platform, webhook.url, webhook.id, delivery, signal);
  // Told to stop, not refused: it counts for nothing.
  if (signal.aborted && attempt.error !== null) throw new Error('the worker stops');
  const { status, error, isFinal } = attempt;
  const state = error === null ? 'DELIVERED' : isFinal || isLast ? 'DEAD' : 'PENDING';
  await platform.db.transaction(async (tx) => {
    await tx
      .update(webhookDeliveryTable)
      .set({
        state,
        attempts: sql`${webhookDeliveryTable.attempts} + 1`,
        lastStatus: status,
        lastError: error,
        lastAttemptAt: sql`now()`,
      })
      .where(eq(webhookDeliveryTable.id, deliveryId));
    if (status === gone)
      await tx
        .update(webhookTable)
        .set({ disabledAt: sql`now()`, disabledReason: 'The receiver answered 410.' })
        .where(eq(webhookTable.id, webhook.id));
  });
  if (state === 'PENDING') throw new Error(error!);
}

async function send(
  platform: Platform,
  url: string,
  webhookId: string,
  { id, body }: typeof webhookDeliveryTable.$inferSelect,
  signal: AbortSignal,
): Promise<Attempt> {
  const headers = signedHeaders(webhookSecret(platform.signingSecret, webhookId), id, new Date(), body);
  const allowed = networkList(platform.config.operations.webhooks.networks);
  try {
    const status = await postOutbound(new URL(url), { headers, body, allowed, milliseconds, signal });
    if (status >= 200 && status < 300) return { status, error: null, isFinal: true };
    const redirects = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
    return { status, error: `The receiver answered ${status}.${redirects}`, isFinal: status === gone };
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    if (error instanceof AddressRefusedError) return { status: null, error: message, isFinal: true };
    const reason = name === 'TimeoutError' ? `No answer within ${milliseconds / 1000} s.` : (code ?? message);
    return { status: null, error: reason, isFinal: false };
  }
}
