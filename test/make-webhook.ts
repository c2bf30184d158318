import { userErrorFields, type ApiClient } from './api-client.ts';

/** A webhook with a message, to an address that is never sent to. */
export async function makeWebhook(
  client: ApiClient,
  projectId: string,
): Promise<{ webhookId: string; webhookDeliveryId: string }> {
  const { webhook } = await client.must(
    `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { ${userErrorFields} ... on CreatedWebhook { webhook { id } } } }`,
    { input: { projectId, url: 'https://203.0.113.1/', events: ['TRAINING_FAILED'] } },
  );
  const { id } = await client.must(
    `mutation ($id: ID!) { testWebhook(id: $id) { ${userErrorFields} ... on WebhookDelivery { id } } }`,
    { id: webhook.id },
  );
  return { webhookId: webhook.id, webhookDeliveryId: id };
}
