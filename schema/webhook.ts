import { InvalidStateError, LimitExceededError } from '#core/platform/errors.ts';
import {
  listWebhookDeliveries,
  redeliverWebhook,
  testWebhook,
  type WebhookDelivery,
} from '#core/webhooks/webhook-deliveries.ts';
import type { WebhookEvent } from '#core/webhooks/webhook-event.ts';
import { createWebhook, deleteWebhook, listWebhooks, type Webhook } from '#core/webhooks/webhooks.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { commonErrors } from './user-errors.ts';

const WebhookEventEnum = builder.enumType('WebhookEvent', {
  description: 'What a webhook can be told of. On the wire TRAINING_COMPLETED is `training.completed`. Can grow.',
  values: {
    TRAINING_COMPLETED: { description: 'A training has ended with a model.' },
    TRAINING_FAILED: { description: 'A training has failed.' },
    TRAINING_CANCELLED: { description: 'A training was cancelled.' },
    IMPORT_COMPLETED: { description: 'An import has ended.' },
    IMPORT_FAILED: { description: 'An import has failed.' },
    EXPORT_COMPLETED: { description: 'An export has ended.' },
    EXPORT_FAILED: { description: 'An export has failed.' },
    DEPLOYMENT_CHANGED: { description: 'A deployment was made, changed or deleted.' },
  } satisfies Record<WebhookEvent, { description: string }>,
});

const WebhookDeliveryStateEnum = builder.enumType('WebhookDeliveryState', {
  description: 'Where a delivery stands.',
  values: {
    PENDING: { description: 'It is to be sent, for the first time or again.' },
    DELIVERED: { description: 'The receiver has taken it.' },
    DEAD: { description: 'It is not tried any more; `redeliverWebhook` sends it again.' },
  } satisfies Record<WebhookDelivery['state'], { description: string }>,
});

const WebhookDeliveryObject = builder.objectRef<WebhookDelivery>('WebhookDelivery').implement({
  description: 'One message to a webhook, kept for 30 days.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => writeGlobalId('WebhookDelivery', id) }),
    messageId: t.string({
      description: 'The header `webhook-id`, the same each time.',
      resolve: ({ id }) => `msg_${id}`,
    }),
    type: t.exposeString('type', { description: 'As on the wire.' }),
    body: t.exposeString('body', { description: 'The JSON that is sent.' }),
    state: t.field({ type: WebhookDeliveryStateEnum, description: 'Where it stands.', resolve: ({ state }) => state }),
    attempts: t.exposeInt('attempts', { description: 'How often it was sent so far.' }),
    lastStatus: t.exposeInt('lastStatus', {
      nullable: true,
      description: 'HTTP status of the last answer; null when there was none.',
    }),
    lastError: t.exposeString('lastError', { nullable: true, description: 'Why the last attempt failed.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: ({ createdAt }) => createdAt }),
    lastAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last sent.',
      resolve: ({ lastAttemptAt }) => lastAttemptAt,
    }),
  }),
});

const WebhookDeliveryConnection = connectionType(WebhookDeliveryObject, 'WebhookDelivery');

const WebhookObject = builder.objectRef<Webhook>('Webhook').implement({
  description: 'An address that is told what happens in a project.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => writeGlobalId('Webhook', id) }),
    url: t.exposeString('url', { description: 'The address.' }),
    events: t.field({
      type: [WebhookEventEnum],
      description: 'What it is told of.',
      resolve: ({ events }) => events as WebhookEvent[],
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: ({ createdAt }) => createdAt }),
    disabledAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing is sent any more.',
      resolve: ({ disabledAt }) => disabledAt,
    }),
    disabledReason: t.exposeString('disabledReason', { nullable: true, description: 'Why nothing is sent any more.' }),
    deliveries: t.field({
      type: WebhookDeliveryConnection,
      description: 'What was sent or is to be, newest first.',
      args: pageArgs(t.arg),
      complexity: pageComplexity,
      resolve: async ({ id }, args, ctx) =>
        toConnection(await listWebhookDeliveries(ctx.action(), id, args), args.after, (delivery) => delivery.id),
    }),
  }),
});

builder.queryField('webhooks', (t) =>
  t.field({
    type: [WebhookObject],
    nullable: true,
    description:
      'The webhooks of a project, oldest first, at most 10; null when there is no such project. Owners only.',
    args: { projectId: t.arg.id({ required: true, description: 'The project.' }) },
    resolve: (_root, { projectId }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => listWebhooks(action, idOf('Project', projectId)));
    },
  }),
);

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'A webhook to make.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    url: t.string({ required: true, description: 'https or http; its host must lead to public addresses only.' }),
    events: t.field({ type: [WebhookEventEnum], required: true, description: 'What to tell it of, one or more.' }),
  }),
});

const CreatedWebhook = builder.objectRef<{ webhook: Webhook; secret: string }>('CreatedWebhook').implement({
  description: 'A new webhook, with its secret for this once.',
  fields: (t) => ({
    webhook: t.field({ type: WebhookObject, description: 'The webhook.', resolve: ({ webhook }) => webhook }),
    secret: t.exposeString('secret', {
      description: 'To verify signatures with, as libraries for Standard Webhooks take it. Keep it now.',
    }),
  }),
});

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: CreatedWebhook,
    errors: { types: [...commonErrors, LimitExceededError] },
    description:
      'Tells an address of events from now on, signed by Standard Webhooks, tried again for hours. Owners only.',
    args: { input: t.arg({ type: CreateWebhookInput, required: true, description: 'The webhook.' }) },
    resolve: (_root, { input }, ctx) =>
      createWebhook(ctx.action(), { ...input, projectId: idOf('Project', input.projectId) }),
  }),
);

const DeletedWebhook = builder.objectRef<{ id: string }>('DeletedWebhook').implement({
  description: 'What is left of a deleted webhook.',
  fields: (t) => ({ id: t.id({ description: 'The id it had.', resolve: ({ id }) => writeGlobalId('Webhook', id) }) }),
});

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: DeletedWebhook,
    errors: { types: commonErrors },
    description: 'Deletes a webhook, with what was still to be sent. Owners only.',
    args: { id: t.arg.id({ required: true, description: 'The webhook.' }) },
    resolve: async (_root, args, ctx) => {
      const id = idOf('Webhook', args.id);
      await deleteWebhook(ctx.action(), id);
      return { id };
    },
  }),
);

builder.mutationField('testWebhook', (t) =>
  t.field({
    type: WebhookDeliveryObject,
    errors: { types: [...commonErrors, InvalidStateError] },
    description: 'Sends a message of the type `webhook.test`. Owners only.',
    args: { id: t.arg.id({ required: true, description: 'The webhook.' }) },
    resolve: (_root, { id }, ctx) => testWebhook(ctx.action(), idOf('Webhook', id)),
  }),
);

builder.mutationField('redeliverWebhook', (t) =>
  t.field({
    type: WebhookDeliveryObject,
    errors: { types: [...commonErrors, InvalidStateError] },
    description: 'Sends a message again that is dead or was delivered. Owners only.',
    args: { deliveryId: t.arg.id({ required: true, description: 'The message.' }) },
    resolve: (_root, { deliveryId }, ctx) => redeliverWebhook(ctx.action(), idOf('WebhookDelivery', deliveryId)),
  }),
);
