import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';
import { appendProjectEvents, deleteOldProjectEvents } from '../projects/project-events.ts';
import type { ProjectFact } from '../projects/project-facts.ts';
import { dispatchWebhooks } from './dispatch-webhooks.ts';
import { deleteOldWebhookDeliveries } from './webhook-deliveries.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Whoever is told: keeps what comes and answers as it is told to. */
class Receiver {
  url = '';
  readonly received: Received[] = [];
  statuses: number[] = [];
  #wake: () => void = () => {};
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => (body += String(data)));
      request.on('end', () => {
        const status = this.statuses.shift() ?? 200;
        response.writeHead(status, status === 302 ? { location: `${this.url}/elsewhere` } : {}).end();
        this.received.push({ headers: request.headers, body });
        this.#wake();
      });
    });
  }

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async until(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const createDocument = `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on CreatedWebhook { secret webhook { id url events disabledAt } } } }`;
const deliveriesDocument = `query ($id: ID!) { webhooks(projectId: $id) { id disabledAt disabledReason deliveries(first: 30) { nodes {
  id messageId type body state attempts lastStatus lastError createdAt lastAttemptAt } } } }`;
const actDocument = (call: string, id = '$id') =>
  `mutation ($id: ID!) { ${call}(${id}) { ${userErrorFields} ... on WebhookDelivery { id messageId state } } }`;
const uuidOf = (globalId: string) => globalId.replace(/^[A-Za-z]+_/, '');
const trainingChanged = (state: string): ProjectFact => ({
  type: 'TRAINING_CHANGED',
  trainingId: '01980000-0000-7000-8000-000000000000',
  versionNumber: 1,
  state,
  stopReason: null,
});

describe('webhooks', () => {
  let world: World;
  let owner: ApiClient;
  let project: TestProject;
  const receiver = new Receiver();
  beforeAll(async () => {
    await receiver.open();
    world = await World.open({
      worker: true,
      environment: {
        EXEMPLAR_WEBHOOK_NETWORKS: '127.0.0.0/8',
        EXEMPLAR_WEBHOOK_RETRIES: '1',
        EXEMPLAR_WEBHOOK_RETRY_SECONDS: '1',
      },
    });
    owner = await world.user();
  });
  afterAll(async () => {
    await world.close();
    receiver.close();
  });
  beforeEach(async () => {
    project = await world.project({ client: owner });
    receiver.received.length = 0;
    receiver.statuses = [];
  });

  const create = async (events: readonly string[], url = receiver.url, projectId = project.id) =>
    (await owner.ask(createDocument, { input: { projectId, url, events } })).createWebhook;
  const act = async (call: string, id: string, argument = 'id: $id') =>
    (await owner.ask(actDocument(call, argument), { id }))[call];
  const redeliver = (id: string) => act('redeliverWebhook', id, 'deliveryId: $id');
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the document above selects
  const deliveries = async (projectId = project.id): Promise<any[]> => {
    const { webhooks } = await owner.ask(deliveriesDocument, { id: projectId });
    return webhooks.flatMap((webhook: { deliveries: { nodes: object[] } }) => webhook.deliveries.nodes);
  };
  const untilDelivery = async (state: string, projectId = project.id) => {
    for (;;) {
      const found = (await deliveries(projectId)).find((delivery) => delivery.state === state);
      if (found) return found;
    }
  };
  const append = (facts: readonly ProjectFact[], projectId = project.id) =>
    world.platform.db.transaction((tx) => appendProjectEvents(tx, uuidOf(projectId), facts));

  test('are told, signed, that a training has ended', { timeout: 120_000 }, async () => {
    const trained = await world.project({ client: owner, labels: ['cat', 'dog'], images: 5 });
    const { secret } = await create(['TRAINING_COMPLETED', 'TRAINING_FAILED'], receiver.url, trained.id);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { id } = await world.startTraining(trained.id, { preference: 'PERFORMANCE_FIRST' }, owner);
    await collect(watchOverSse(owner, id));
    await receiver.until(1);
    const [{ headers, body }] = receiver.received as [Received];
    expect(JSON.parse(body)).toEqual({
      type: 'training.completed',
      timestamp: expect.any(String),
      data: { projectId: trained.id, trainingId: id },
    });
    const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(headers['webhook-id']).toMatch(/^msg_[0-9a-f-]{36}$/);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    expect(headers['content-type']).toBe('application/json');
    const delivered = await untilDelivery('DELIVERED', trained.id);
    expect(delivered).toMatchObject({
      type: 'training.completed',
      body,
      attempts: 1,
      lastStatus: 200,
      lastError: null,
    });
    expect(delivered.messageId).toBe(headers['webhook-id']);
    // Not of all that happened on the way.
    expect(await deliveries(trained.id)).toHaveLength(1);
  });

  test('are told of an export', { timeout: 60_000 }, async () => {
    const exported = await world.project({ client: owner, labels: ['cat'], images: 1 });
    await create(['EXPORT_COMPLETED'], receiver.url, exported.id);
    const { id } = await owner.must(
      `mutation ($input: StartExportInput!) { startExport(input: $input) { ${userErrorFields} ... on DatasetExport { id } } }`,
      { input: { projectId: exported.id, format: 'CSV' } },
    );
    await receiver.until(1);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({
      type: 'export.completed',
      data: { transferId: id },
    });
  });

  test('that fail are told again, under the same id', { timeout: 60_000 }, async () => {
    const { webhook } = await create(['TRAINING_FAILED']);
    receiver.statuses = [500];
    const { messageId } = await act('testWebhook', webhook.id);
    await receiver.until(2);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([messageId, messageId]);
    expect(JSON.parse(receiver.received[1]!.body)).toMatchObject({
      type: 'webhook.test',
      data: { projectId: project.id },
    });
    expect(await untilDelivery('DELIVERED')).toMatchObject({ attempts: 2, lastStatus: 200, lastError: null });
  });

  test('that fail for good are dead, say why, and can be told once more', { timeout: 60_000 }, async () => {
    const { webhook } = await create(['TRAINING_FAILED']);
    receiver.statuses = [500, 302];
    await act('testWebhook', webhook.id);
    const dead = await untilDelivery('DEAD');
    expect(dead).toMatchObject({
      attempts: 2,
      lastStatus: 302,
      lastError: 'The receiver answered 302. Redirects are not followed.',
    });
    expect(receiver.received).toHaveLength(2);
    expect(await redeliver(dead.id)).toMatchObject({ id: dead.id, state: 'PENDING' });
    await receiver.until(3);
    expect(await untilDelivery('DELIVERED')).toMatchObject({ id: dead.id, attempts: 3 });
  });

  test('whose receiver is away say so', { timeout: 60_000 }, async () => {
    const away = new Receiver();
    await away.open();
    away.close();
    const { webhook } = await create(['TRAINING_FAILED'], away.url);
    await act('testWebhook', webhook.id);
    expect(await untilDelivery('DEAD')).toMatchObject({ attempts: 2, lastStatus: null, lastError: 'ECONNREFUSED' });
  });

  test('whose receiver says that it is gone are disabled', { timeout: 60_000 }, async () => {
    const { webhook } = await create(['TRAINING_FAILED']);
    receiver.statuses = [410];
    await act('testWebhook', webhook.id);
    const dead = await untilDelivery('DEAD');
    expect(dead.attempts).toBe(1);
    const { webhooks } = await owner.ask(deliveriesDocument, { id: project.id });
    expect(webhooks[0]).toMatchObject({ disabledAt: expect.any(String), disabledReason: 'The receiver answered 410.' });
    for (const answer of [await act('testWebhook', webhook.id), await redeliver(dead.id)])
      expect(answer).toMatchObject({ __typename: 'InvalidStateError', message: expect.stringContaining('410') });
    await append([trainingChanged('FAILED')]);
    await dispatchWebhooks(world.platform);
    expect(await deliveries()).toHaveLength(1);
  });

  test('are told of each event once, however many look at the same time', { timeout: 60_000 }, async () => {
    await create(['TRAINING_CANCELLED']);
    const facts = Array.from({ length: 450 }, (_, number) =>
      trainingChanged(number % 30 === 0 ? 'CANCELLED' : 'RUNNING'),
    );
    await append(facts);
    await Promise.all(Array.from({ length: 4 }, () => dispatchWebhooks(world.platform, [uuidOf(project.id)])));
    const isDone = (all: { state: string }[]) => all.length >= 15 && all.every(({ state }) => state === 'DELIVERED');
    // Slower than the rate that one token may ask at.
    while (!isDone(await deliveries())) await setTimeout(100);
    await dispatchWebhooks(world.platform);
    expect(await deliveries()).toHaveLength(15);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(15);
  });

  test('hear nothing of what was before them, nor of what is too old to be there', async () => {
    await append([trainingChanged('FAILED')]);
    const { webhook } = await create(['TRAINING_FAILED']);
    await dispatchWebhooks(world.platform, [uuidOf(project.id)]);
    expect(await deliveries()).toEqual([]);
    // As if no worker had looked for long.
    await world.platform.db.execute(sql`update webhook set last_seq = 0 where id = ${uuidOf(webhook.id)}`);
    await deleteOldProjectEvents(world.platform, 0);
    await dispatchWebhooks(world.platform, [uuidOf(project.id)]);
    expect(await deliveries()).toEqual([]);
    const [row] = await world.platform.db.execute(sql`
      select last_seq::int = last_sequence as looked from webhook join project on project.id = project_id where webhook.id = ${uuidOf(webhook.id)}`);
    expect(row).toEqual({ looked: true });
  });

  test('are at most 10 in a project, with an address that can be one', async () => {
    for (const url of [
      '',
      'nonsense',
      'ftp://a.test',
      'https://user@a.test',
      'https://a.test/#x',
      `https://a.test/${'x'.repeat(2048)}`,
    ])
      expect(await create(['TRAINING_FAILED'], url), url).toMatchObject({ issues: [{ path: ['input', 'url'] }] });
    expect(await create([])).toMatchObject({ issues: [{ path: ['input', 'events'] }] });
    const made = await Promise.all(Array.from({ length: 12 }, () => create(['TRAINING_FAILED', 'TRAINING_FAILED'])));
    expect(made.filter(({ webhook }) => webhook).map(({ webhook }) => webhook.events)).toEqual(
      Array.from({ length: 10 }, () => ['TRAINING_FAILED']),
    );
    expect(made.filter(({ code }) => code === 'LIMIT_EXCEEDED')).toHaveLength(2);
    const gone = made.find(({ webhook }) => webhook)!.webhook.id;
    await owner.must(`mutation ($id: ID!) { deleteWebhook(id: $id) { ${userErrorFields} } }`, { id: gone });
    expect((await owner.ask(deliveriesDocument, { id: project.id })).webhooks).toHaveLength(9);
  });

  test('are remembered for 30 days', { timeout: 60_000 }, async () => {
    const { webhook } = await create(['TRAINING_FAILED']);
    for (let count = 0; count < 2; count++) await act('testWebhook', webhook.id);
    const [first] = await deliveries();
    await world.platform.db.execute(
      sql`update webhook_delivery set created_at = now() - interval '31 days' where id = ${uuidOf(first.id)}`,
    );
    expect(await deleteOldWebhookDeliveries(world.platform)).toBe(1);
    expect(await deliveries()).toHaveLength(1);
  });
});

test('webhooks to addresses that are not public are never sent', { timeout: 60_000 }, async () => {
  const receiver = new Receiver();
  await receiver.open();
  const world = await World.open({ worker: true });
  try {
    const project = await world.project();
    const { port } = new URL(receiver.url);
    const hosts = ['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '169.254.169.254', '10.0.0.1'];
    for (const host of hosts) {
      const { webhook } = await world.admin.must(createDocument, {
        input: { projectId: project.id, url: `http://${host}:${port}/`, events: ['TRAINING_FAILED'] },
      });
      await world.admin.must(actDocument('testWebhook', 'id: $id'), { id: webhook.id });
    }
    // oxlint-disable-next-line typescript/no-explicit-any
    let all: any[] = [];
    while (all.filter(({ state }) => state === 'DEAD').length < hosts.length) {
      await setTimeout(100);
      const { webhooks } = await world.admin.ask(deliveriesDocument, { id: project.id });
      all = webhooks.flatMap((webhook: { deliveries: { nodes: object[] } }) => webhook.deliveries.nodes);
    }
    for (const delivery of all)
      expect(delivery).toMatchObject({
        attempts: 1,
        lastStatus: null,
        lastError: expect.stringContaining('not public'),
      });
    expect(receiver.received).toEqual([]);
  } finally {
    await world.close();
    receiver.close();
  }
});
