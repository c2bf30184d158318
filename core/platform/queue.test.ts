import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#test/test-database.ts';
import { readConfig } from './config.ts';
import { connectDatabase, type DatabaseConnection } from './database.ts';
import { createLog } from './log.ts';
import { openQueue, queueOfFlavor, type Queue, type TrainingJob } from './queue.ts';

describe('the queue', () => {
  let database: TestDatabase;
  let connection: DatabaseConnection;
  let queue: Queue;
  const flavors = readConfig({
    EXEMPLAR_FLAVORS: '[{"id":"cpu","name":"CPU","device":"CPU"},{"id":"gpu","name":"GPU","device":"CUDA"}]',
  }).flavors;

  beforeAll(async () => {
    database = await openTestDatabase('migrated');
    connection = connectDatabase(database.url, 2);
    queue = await openQueue({
      databaseUrl: database.url,
      flavors,
      heartbeatSeconds: 10,
      supervise: false,
      log: createLog('silent', 'test'),
    });
  });
  afterAll(async () => {
    await queue.close();
    await connection.close();
    await database.close();
  });

  const enqueue = (flavor: string, job: TrainingJob) =>
    connection.db.transaction((tx) => queue.enqueueTraining(tx, flavor, job));
  const take = (flavor: string) => queue.boss.fetch<TrainingJob>(queueOfFlavor(flavor));

  it('gives a job to a worker of its flavor, once', async () => {
    const job = { trainingId: randomUUID() };
    const id = await enqueue('gpu', job);
    expect(await take('cpu')).toEqual([]);
    expect(await take('gpu')).toMatchObject([{ id, data: job }]);
    expect(await take('gpu')).toEqual([]);
  });

  it('knows no job of a transaction that is rolled back', async () => {
    const failure = new Error('no');
    await expect(
      connection.db.transaction(async (tx) => {
        await queue.enqueueTraining(tx, 'cpu', { trainingId: randomUUID() });
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await take('cpu')).toEqual([]);
  });

  it('takes back what has not started, when and only when the transaction commits', async () => {
    const [kept, cancelled] = await Promise.all([
      enqueue('cpu', { trainingId: randomUUID() }),
      enqueue('cpu', { trainingId: randomUUID() }),
    ]);
    const failure = new Error('no');
    await expect(
      connection.db.transaction(async (tx) => {
        await queue.cancelTraining(tx, 'cpu', kept);
        throw failure;
      }),
    ).rejects.toBe(failure);
    await connection.db.transaction((tx) => queue.cancelTraining(tx, 'cpu', cancelled));
    expect(await take('cpu')).toMatchObject([{ id: kept }]);
    expect(await take('cpu')).toEqual([]);
  });

  it('can be opened by several processes', async () => {
    const open = () =>
      openQueue({
        databaseUrl: database.url,
        flavors,
        heartbeatSeconds: 10,
        supervise: false,
        log: createLog('silent', 'test'),
      });
    const others = await Promise.all([open(), open()]);
    const id = await enqueue('cpu', { trainingId: randomUUID() });
    const taken = await Promise.all(others.map((other) => other.boss.fetch(queueOfFlavor('cpu'))));
    expect(taken.flat()).toMatchObject([{ id }]);
    await Promise.all(others.map((other) => other.close()));
  });
});

describe('the watch over the queue', () => {
  // Twice the heartbeat, well before the minute that pg-boss waits by itself.
  it('gives the job of a silent worker to another one', { timeout: 25_000 }, async () => {
    const database = await openTestDatabase('migrated');
    const connection = connectDatabase(database.url, 2);
    const { flavors } = readConfig({});
    const log = createLog('silent', 'test');
    const queue = await openQueue({ databaseUrl: database.url, flavors, heartbeatSeconds: 10, supervise: true, log });
    const id = await connection.db.transaction((tx) => queue.enqueueTraining(tx, 'cpu', { trainingId: randomUUID() }));
    expect(await queue.boss.fetch(queueOfFlavor('cpu'))).toMatchObject([{ id }]);
    const again = await new Promise((resolve) => {
      const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
      void queue.boss.work(queueOfFlavor('cpu'), polling, async ([job]) => resolve(job!.id));
    });
    expect(again).toBe(id);
    await queue.close();
    await connection.close();
    await database.close();
  });
});
