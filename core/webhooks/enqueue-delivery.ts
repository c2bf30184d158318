import type { Transaction } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';

/** Has a worker send a delivery once the transaction commits. */
export const enqueueDelivery = ({ queue, config }: Platform, tx: Transaction, deliveryId: string): Promise<void> =>
  queue.enqueueWebhook(tx, { deliveryId }, config.operations.webhooks);
