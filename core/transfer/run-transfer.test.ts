import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, subscribeOverSse, subscribeOverWebSocket, transferEventsDocument } from '#test/event-streams.ts';
import { loseJob, takeTransferJob } from '#test/queued-job.ts';
import { World, type TestProject } from '#test/world.ts';
import type { ActionContext } from '../access/viewer.ts';
import { cancelAbandonedTransfers } from './reap-lost-transfers.ts';
import {
  claimTransfer,
  endTransfer,
  fencedTransaction,
  readCancelRequest,
  recordTransferProgress,
  saveTransferCheckpoint,
} from './run-transfer.ts';
import { startTransfer } from './start-transfer.ts';
import { StaleTransferError } from './transfer-events.ts';
import type { Transfer } from './transfer-row.ts';

const progress = { phase: 'WRITING', done: 3, total: 10, perSecond: 1.5, etaSeconds: 4.5 } as const;

describe('a transfer', () => {
  let world: World;
  let project: TestProject;
  let ctx: ActionContext;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project();
    const { viewer } = await world.admin.ask('{ viewer { user { id name } } }');
    const userId = viewer.user.id.replace('User_', '');
    const { name } = viewer.user;
    ctx = {
      platform: world.platform,
      viewer: { userId, name, isAdministrator: true, scope: 'ADMIN', tokenId: null, tokenExpiresAt: null },
    };
  });
  afterAll(() => world.close());

  const projectId = () => project.id.replace('Project_', '');
  const start = (input = {}) => startTransfer(ctx, { projectId: projectId(), kind: 'EXPORT', input });
  const globalId = ({ id }: Transfer) => `DatasetExport_${id}`;
  const watch = (transfer: Transfer) =>
    subscribeOverSse(world.admin, transferEventsDocument, { id: globalId(transfer) });
  const cancel = async (transfer: Transfer) =>
    (
      await world.admin.ask(
        `mutation ($id: ID!) { cancelTransfer(id: $id) { ${userErrorFields} ... on InvalidStateError { currentState }
          ... on CancelTransferPayload { transfer { state isCancelRequested } } } }`,
        { id: globalId(transfer) },
      )
    ).cancelTransfer;

  test('is watched from its start to its end, live, and read afterwards', async () => {
    const transfer = await start();
    const live = collect(subscribeOverWebSocket(world.admin, transferEventsDocument, { id: globalId(transfer) }));
    const claimed = (await claimTransfer(world.platform, transfer.id))!;
    await recordTransferProgress(world.platform, claimed, progress);
    await endTransfer(world.platform, claimed, { state: 'COMPLETED', result: {} });
    const events = await live;
    expect(events).toEqual([
      { __typename: 'TransferStateChanged', sequence: 1, state: 'QUEUED', failure: null },
      { __typename: 'TransferStateChanged', sequence: 2, state: 'RUNNING', failure: null },
      { __typename: 'TransferProgressed', sequence: 3, ...progress },
      { __typename: 'TransferStateChanged', sequence: 4, state: 'COMPLETED', failure: null },
    ]);
    expect(await collect(watch(transfer))).toEqual(events);
    const { project: read } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { transfers { nodes { __typename id state progress { done } lastSequence
        events(after: "2") { nodes { __typename sequence } pageInfo { endCursor hasNextPage } } } } } }`,
      { id: project.id },
    );
    expect(read.transfers.nodes[0]).toEqual({
      __typename: 'DatasetExport',
      id: globalId(transfer),
      state: 'COMPLETED',
      progress: null,
      lastSequence: 4,
      events: {
        nodes: [
          { __typename: 'TransferProgressed', sequence: 3 },
          { __typename: 'TransferStateChanged', sequence: 4 },
        ],
        pageInfo: { endCursor: '4', hasNextPage: false },
      },
    });
  });

  test('refuses every write of an attempt that was overtaken, which goes on from the checkpoint', async () => {
    const transfer = await start();
    const first = (await claimTransfer(world.platform, transfer.id))!;
    await fencedTransaction(world.platform, first, (tx) => saveTransferCheckpoint(tx, first, { index: 7 }));
    const second = (await claimTransfer(world.platform, transfer.id))!;
    expect(second).toMatchObject({ attempt: 2, checkpoint: { index: 7 }, fruitlessAttempts: 1 });
    const { platform } = world;
    for (const write of [
      () => recordTransferProgress(platform, first, progress),
      () => fencedTransaction(platform, first, (tx) => saveTransferCheckpoint(tx, first, { index: 9 })),
      () => readCancelRequest(platform, first),
      () => endTransfer(platform, first, { state: 'COMPLETED', result: {} }),
    ])
      await expect(write()).rejects.toThrow(StaleTransferError);
    await endTransfer(platform, second, { state: 'CANCELLED' });
    const events = await collect(watch(transfer));
    expect(events.map((event) => event.__typename)).toEqual([
      'TransferStateChanged',
      'TransferStateChanged',
      'TransferResumed',
      'TransferStateChanged',
    ]);
    expect(await claimTransfer(platform, transfer.id)).toBeUndefined();
  });

  test('that waits is cancelled at once, and only once', async () => {
    const transfer = await start();
    expect(await cancel(transfer)).toMatchObject({ transfer: { state: 'CANCELLED' } });
    expect(await cancel(transfer)).toMatchObject({ __typename: 'InvalidStateError', currentState: 'CANCELLED' });
    expect(await claimTransfer(world.platform, transfer.id)).toBeUndefined();
  });

  test('that a worker has is cancelled by the worker, or without it when it is lost', async () => {
    const transfer = await start();
    const job = await takeTransferJob(world, transfer.id);
    const claimed = (await claimTransfer(world.platform, transfer.id))!;
    expect(await cancel(transfer)).toMatchObject({ transfer: { state: 'RUNNING', isCancelRequested: true } });
    expect(await readCancelRequest(world.platform, claimed)).toBe(true);
    expect(await cancelAbandonedTransfers(world.platform)).toEqual([]);
    await loseJob(world, job);
    expect(await cancelAbandonedTransfers(world.platform)).toEqual([transfer.id]);
    expect((await collect(watch(transfer))).at(-1)).toMatchObject({ state: 'CANCELLED' });
    await expect(endTransfer(world.platform, claimed, { state: 'CANCELLED' })).rejects.toThrow(StaleTransferError);
  });

  test('is started once for an idempotency key, whatever comes twice', async () => {
    const idempotencyKey = '0198f000-0000-7000-8000-000000000001';
    const ask = (input: object) =>
      startTransfer(ctx, { projectId: projectId(), kind: 'MODEL_EXPORT', input, idempotencyKey });
    const first = await ask({ a: 1 });
    expect((await ask({ a: 1 })).id).toBe(first.id);
    await expect(ask({ a: 2 })).rejects.toThrow('used with another input');
  });

  test('is told to those who watch the project', async () => {
    const own = await world.project();
    const transfer = await startTransfer(ctx, { projectId: own.id.replace('Project_', ''), kind: 'IMPORT', input: {} });
    const { project: read } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { events { nodes { ... on ProjectTransferChanged { transferId transferState } } } } }`,
      { id: own.id },
    );
    expect(read.events.nodes).toEqual([{ transferId: `ImageImport_${transfer.id}`, transferState: 'QUEUED' }]);
  });

  test('of another kind is not found under an id that names this one', async () => {
    const transfer = await start();
    const { node, transfer: byId } = await world.admin.ask(
      `query ($id: ID!) { node(id: $id) { id } transfer(id: $id) { id } }`,
      { id: `ImageImport_${transfer.id}` },
    );
    expect([node, byId]).toEqual([null, null]);
  });
});
