import { createHmac } from 'node:crypto';

/** The secret that a webhook signs with: 32 bytes that follow from the installation's own secret, so that none has to be kept. */
export const webhookSecret = (signingSecret: Buffer, webhookId: string): Buffer =>
  createHmac('sha256', signingSecret).update(`webhook\n${webhookId}`).digest();

/** The secret as libraries for Standard Webhooks take it. */
export const webhookSecretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/**
 * Headers of a delivery by Standard Webhooks (github.com/standard-webhooks/standard-webhooks, symmetric signatures, v1). The id stays the
 * same when it is sent again, so that receivers can tell.
 */
export function signedHeaders(secret: Buffer, deliveryId: string, sentAt: Date, body: string): Record<string, string> {
  const id = `msg_${deliveryId}`;
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Exemplar',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
