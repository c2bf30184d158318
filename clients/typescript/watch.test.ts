import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteOldProjectEvents } from '../../core/projects/project-events.ts';
import { thinProgress } from '../../core/trainings/thin-progress.ts';
import { TrainingWriter } from '../../test/training-writer.ts';
import { World, type TestProject } from '../../test/world.ts';
import {
  createExemplar,
  RequestError,
  UnauthenticatedError,
  type Exemplar,
  type ExemplarOptions,
  type TrainingEvent,
} from './index.ts';
import { FlakyProxy } from '../../test/flaky-proxy.ts';
import { RestartableServer } from '../../test/restartable-server.ts';

const retry = { minimumDelay: 1, maximumDelay: 20 };
const numbered = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe.each(['websocket', 'sse'] as const)('a watcher over %s', (transport) => {
  let world: World;
  let project: TestProject;
  let server: RestartableServer;
  let proxy: FlakyProxy;
  let exemplar: Exemplar;
  const clients: Exemplar[] = [];
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_ACCESS_CHECK_SECONDS: '1' } });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    server = await RestartableServer.open(world);
    proxy = await FlakyProxy.open(server.url);
    exemplar = client();
  });
  afterAll(async () => {
    for (const one of clients) one.close();
    await proxy.close();
    await server.stop();
    await world.close();
  });

  const client = (options: Partial<ExemplarOptions> = {}): Exemplar => {
    const one = createExemplar({ url: proxy.url, token: world.admin.token!, transport, retry, ...options });
    clients.push(one);
    return one;
  };

  const training = async () => {
    const { id } = await world.startTraining(project.id);
    return { id, writer: await TrainingWriter.claim(world.platform, id) };
  };

  /** Reads on while the test goes about its business. */
  const reading = (events: AsyncIterable<TrainingEvent>) => {
    const seen: TrainingEvent[] = [];
    let wake = () => {};
    const ended = (async () => {
      for await (const event of events) {
        seen.push(event);
        wake();
      }
      return seen.map(({ sequence }) => sequence);
    })();
    // Thrown where it is awaited.
    ended.catch(() => wake());
    const until = async (count: number) => {
      while (seen.length < count) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), ended]);
    };
    return { seen, ended, until };
  };

  test('sees each event once and in order, whatever breaks', async () => {
    const step = fc.record({
      lines: fc.integer({ min: 0, max: 25 }),
      next: fc.constantFrom('go on', 'break', 'restart', 'stop, write, start'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 9000 }), { maxLength: 12 }),
        async (steps, budgets) => {
          const { id, writer } = await training();
          let written = 2;
          const write = async (lines: number) => {
            await writer.lines(lines);
            written += lines;
          };
          proxy.breakAfter(budgets);
          const { ended } = reading(exemplar.watchTraining(id));
          for (const { lines, next } of steps) {
            await write(lines);
            if (next === 'go on') continue;
            proxy.breakAll();
            if (next === 'break') continue;
            await server.stop();
            if (next === 'stop, write, start') await write(lines);
            await server.start();
          }
          await writer.end();
          expect(await ended).toEqual(numbered(written + 1));
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  test('goes on after a server that stopped in good order, and says so', async () => {
    const { id, writer } = await training();
    const told: number[] = [];
    const { ended, until } = reading(
      exemplar.watchTraining(id, {
        onDisconnect: ({ failures, retryInMilliseconds, error }) => {
          expect(error).toBeInstanceOf(Error);
          expect(retryInMilliseconds).toBeLessThanOrEqual(20);
          told.push(failures);
        },
      }),
    );
    await until(2);
    await server.stop();
    await writer.lines(3);
    await server.start();
    await writer.end();
    expect(await ended).toEqual(numbered(6));
    expect(told[0]).toBe(1);
  });

  test('goes on after a connection that died without being closed', async () => {
    const { id, writer } = await training();
    const { ended, until } = reading(client({ deadAfter: 500 }).watchTraining(id));
    await until(2);
    proxy.freezeAll();
    await writer.lines(3);
    await until(5);
    await writer.end();
    expect(await ended).toEqual(numbered(6));
  });

  test('begins where it is told to', async () => {
    const { id, writer } = await training();
    await writer.lines(5);
    await writer.end();
    expect(await reading(exemplar.watchTraining(id, { after: 4 })).ended).toEqual([5, 6, 7, 8]);
    expect(await reading(exemplar.watchTraining(id, { after: 8 })).ended).toEqual([]);
    // The same by polling, in pages.
    const polled = await exemplar.trainingEvents.list(id, { after: 4, pageSize: 3 }).toArray();
    expect(polled.map(({ sequence }) => sequence)).toEqual([5, 6, 7, 8]);
  });

  test('asks for a fresh token when the one it has is revoked, and misses nothing', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const another = await world.user({ project, role: 'VIEWER' });
    const refused: (string | undefined)[] = [];
    const viewer = client({
      token: async (old) => {
        refused.push(old);
        return old === undefined ? someone.token! : another.token!;
      },
    });
    const { id, writer } = await training();
    const { ended, until } = reading(viewer.watchTraining(id));
    await until(2);
    await revoke(someone.userId);
    await writer.lines(3);
    await writer.end();
    expect(await ended).toEqual(numbered(6));
    // Queries use the fresh one, too.
    expect((await viewer.access.viewer())!.user.id).toBe(another.userId);
    expect(refused).toEqual([undefined, someone.token]);
  });

  test('ends with a clear error when there is no other token', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const { id } = await training();
    for (const token of [someone.token!, () => someone.token!]) {
      const { ended, until } = reading(client({ token }).watchTraining(id));
      if (typeof token === 'string') {
        await until(2);
        await revoke(someone.userId);
      }
      await expect(ended).rejects.toThrow(UnauthenticatedError);
    }
    await expect(reading(client({ token: undefined }).watchTraining(id)).ended).rejects.toThrow(UnauthenticatedError);
  });

  test('ends with NOT_FOUND for what it may not see', async () => {
    const { id } = await training();
    const stranger = client({ token: (await world.user()).token! });
    const error = await reading(stranger.watchTraining(id)).ended.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', userErrorCode: 'NOT_FOUND' });
  });

  test('lets go of the connection when it is broken off, aborted or closed', async () => {
    const { id } = await training();
    // Its keep-alive connections are not those of the streams.
    proxy.breakAll();
    for await (const { sequence } of exemplar.watchTraining(id)) if (sequence === 2) break;
    await proxy.idle();

    const controller = new AbortController();
    const aborted = reading(exemplar.watchTraining(id, { signal: controller.signal }));
    await aborted.until(2);
    controller.abort(new Error('enough'));
    await expect(aborted.ended).rejects.toThrow('enough');
    await proxy.idle();

    const stream = exemplar.watchTraining(id, { after: 2 });
    const waiting = stream.next();
    await stream.return!();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });

    const closing = client();
    const closed = reading(closing.watchTraining(id));
    await closed.until(2);
    closing.close();
    await expect(closed.ended).rejects.toThrow('The client was closed.');
    await proxy.idle();
  });

  test('is one of many', async () => {
    const { id, writer } = await training();
    const watchers = numbered(45).map(() => reading(exemplar.watchTraining(id)));
    await Promise.all(watchers.map(({ until }) => until(2)));
    proxy.breakAll();
    await writer.lines(4);
    await writer.end();
    for (const { ended } of watchers) expect(await ended).toEqual(numbered(7));
  });

  test('is told what was thinned out, once', async () => {
    const { id, writer } = await training();
    await writer.facts(
      [1, 2, 3].map((done) => ({
        type: 'PROGRESSED',
        phase: 'TRAINING',
        done,
        total: 9,
        imagesPerSecond: null,
        etaSeconds: 1,
        epoch: 1,
      })),
    );
    await writer.end();
    await world.platform.db.execute(
      sql`update training set finished_at = now() - interval '8 days' where id = ${id.split('_')[1]}`,
    );
    expect(await thinProgress(world.platform, 7)).toBe(1);
    // Breaks between the resync and the end, wherever that falls.
    proxy.breakAfter(numbered(12).map((number) => 150 * number));
    const { seen, ended } = reading(exemplar.watchTraining(id));
    expect(await ended).toEqual([0, 1, 2, 5, 6]);
    expect(seen[0]).toMatchObject({ __typename: 'StreamResync', from: 7 });
    proxy.breakAfter([]);
  });

  test('of a project goes on from what it has read, and is told what is gone', async () => {
    const { id } = await world.project();
    const owner = client({ url: world.url });
    const { lastSequence } = (await owner.projects.get(id))!;
    const events = exemplar.watchProject(id, { after: lastSequence });
    const label = async (text: string) => void (await owner.labels.create({ projectId: id, name: text }));
    const next = async () => (await events.next()).value;
    await label('a');
    expect(await next()).toMatchObject({ __typename: 'ProjectLabelChanged', name: 'a', change: 'CREATED' });
    await server.stop();
    await server.start();
    await label('b');
    expect(await next()).toMatchObject({ __typename: 'ProjectLabelChanged', name: 'b' });
    await events.return!();
    await world.platform.db.execute(
      sql`update project_event set occurred_at = now() - interval '8 days' where project_id = ${id.split('_')[1]} and seq = 1`,
    );
    expect(await deleteOldProjectEvents(world.platform, 7)).toBe(1);
    const again = exemplar.watchProject(id);
    expect((await again.next()).value).toMatchObject({ __typename: 'ProjectStreamResync', from: 2, sequence: 1 });
    proxy.breakAll();
    expect((await again.next()).value).toMatchObject({ sequence: 2, name: 'b' });
    await again.return!();
  });

  const revoke = (userId: string) =>
    world.platform.db.execute(sql`update access_token set revoked_at = now() where user_id = ${userId.split('_')[1]}`);
});

test('a slow reader over WebSocket gets everything, and what waits for it is bounded', async () => {
  const world = await World.open();
  let subscriptions = 0;
  let received = 0;
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };
  class CountingSocket extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      this.addEventListener('message', () => received++);
    }
    override send(data: string): void {
      if (data.includes('"type":"subscribe"')) subscriptions++;
      super.send(data);
    }
  }
  const exemplar = createExemplar({ url: world.url, token: world.admin.token!, webSocket: CountingSocket, retry });
  const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  const { id } = await world.startTraining(project.id);
  const writer = await TrainingWriter.claim(world.platform, id);
  await writer.lines(4000);
  await writer.end();
  const seen: number[] = [];
  for await (const { sequence } of exemplar.watchTraining(id)) {
    seen.push(sequence);
    // The reader does something else until more has come than waits for it.
    await until(() => received >= 1002);
  }
  expect(seen).toEqual(numbered(4003));
  expect(subscriptions).toBeGreaterThan(1);
  exemplar.close();
  await world.close();
});
