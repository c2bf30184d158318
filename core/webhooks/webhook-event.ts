import { writeGlobalId } from '../platform/global-id.ts';
import type { ProjectFact } from '../projects/project-facts.ts';
import { transferTypeNames, type TransferKind } from '../transfer/transfer-facts.ts';

/** What a webhook can be told of. */
export const webhookEvents = [
  'TRAINING_COMPLETED',
  'TRAINING_FAILED',
  'TRAINING_CANCELLED',
  'IMPORT_COMPLETED',
  'IMPORT_FAILED',
  'EXPORT_COMPLETED',
  'EXPORT_FAILED',
  'DEPLOYMENT_CHANGED',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent on demand, to every webhook. */
export const testType = 'webhook.test';

export interface WebhookMessage {
  readonly event: WebhookEvent;
  /** Ids only: who receives it reads the rest with a token of their own. */
  readonly data: Readonly<Record<string, string>>;
}

/** What a fact of a project is to webhooks; undefined where it is nothing to them. */
export function webhookMessageOf(fact: ProjectFact): WebhookMessage | undefined {
  switch (fact.type) {
    case 'TRAINING_CHANGED':
      return known(`TRAINING_${fact.state}`, { trainingId: writeGlobalId('Training', fact.trainingId) });
    case 'TRANSFER_CHANGED': {
      const kind = fact.kind === 'IMPORT' ? 'IMPORT' : 'EXPORT';
      return known(`${kind}_${fact.state}`, {
        transferId: writeGlobalId(transferTypeNames[fact.kind as TransferKind], fact.transferId),
      });
    }
    case 'DEPLOYMENT_CHANGED':
      return known('DEPLOYMENT_CHANGED', { deploymentId: writeGlobalId('Deployment', fact.deploymentId) });
    default:
      return undefined;
  }
}

const known = (event: string, data: WebhookMessage['data']): WebhookMessage | undefined =>
  (webhookEvents as readonly string[]).includes(event) ? { event: event as WebhookEvent, data } : undefined;

/** `TRAINING_COMPLETED` is `training.completed` on the wire, as Standard Webhooks has it. */
export const wireTypeOf = (event: WebhookEvent): string => event.toLowerCase().replace('_', '.');

/** The body as it is signed and sent. @param occurredAt of what it tells. */
export function webhookBody(
  type: string,
  occurredAt: Date,
  projectId: string,
  data: Readonly<Record<string, string>>,
): string {
  return JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: { projectId: writeGlobalId('Project', projectId), ...data },
  });
}
