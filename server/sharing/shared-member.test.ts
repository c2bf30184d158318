import { RateLimiter } from '#core/access/rate-limiter.ts';
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'drizzle-orm';
import type { GraphQLError } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authenticator } from '#server/authenticator.ts';
import { createGraphQL, prepareOperation, type GraphQLServer } from '#server/graphql.ts';
import { openStreams } from '#server/open-streams.ts';
import { DeploymentKeeper } from '#server/deployment-keeper.ts';
import { Inference } from '#server/inference/inference.ts';
import type { ApiClient } from '#test/api-client.ts';
import { TrainingWriter } from '#test/training-writer.ts';
import { World, type TestProject } from '#test/world.ts';
import type { Frame, Sink } from './frame.ts';
import { shareableOf } from './shareable.ts';
import { SharedMember } from './shared-member.ts';

const query = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) {
  sequence ... on TrainingLogLine { message } ... on TrainingStateChanged { state } } }`;

/** Takes what comes; refuses while it is full. */
class RecordingSink implements Sink {
  readonly frames: Frame[] = [];
  /** Sequence numbers in the order in which they came, shared or alone. */
  readonly seen: number[] = [];
  isFull: () => boolean = () => false;
  failure: GraphQLError | undefined;

  send(frame: Frame): boolean {
    if (this.isFull()) return false;
    this.frames.push(frame);
    this.seen.push(frame.sequence);
    return true;
  }

  async sendAlone({ json }: Frame): Promise<void> {
    this.seen.push(
      (JSON.parse(json) as { data: { trainingEvents: { sequence: number } } }).data.trainingEvents.sequence,
    );
  }

  failed(error: GraphQLError): void {
    this.failure = error;
  }
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Tells of every result without holding it. */
function told<Result extends object>(
  results: AsyncIterable<Result>,
  keep: (result: Result) => void,
): AsyncIterable<Result> {
  const iterator = results[Symbol.asyncIterator]();
  const told: AsyncIterableIterator<Result> = {
    next: () =>
      iterator.next().then((step) => {
        if (!step.done) keep(step.value);
        return step;
      }),
    return: () => iterator.return!(),
    [Symbol.asyncIterator]: () => told,
  };
  return told;
}

describe('those who share a subscription', () => {
  let world: World;
  let project: TestProject;
  let graphql: GraphQLServer;
  let streams: Awaited<ReturnType<typeof openStreams>>;
  let serving: DeploymentKeeper;
  let trainingId: string;
  let writer: TrainingWriter;
  const open: SharedMember[] = [];
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_ACCESS_CHECK_SECONDS: '1' } });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    streams = await openStreams(world.platform);
    const { platform } = world;
    serving = new DeploymentKeeper(platform, new Inference(platform));
    const rateLimiter = new RateLimiter(platform.client, platform.log, { requests: 0, cost: 0 });
    graphql = createGraphQL({ platform, streams, serving, rateLimiter, authenticator: new Authenticator(platform) });
  });
  beforeEach(async () => {
    ({ id: trainingId } = await world.startTraining(project.id));
    writer = await TrainingWriter.claim(world.platform, trainingId);
  });
  afterEach(async () => {
    for (const member of open.splice(0)) await member.return();
  });
  afterAll(async () => {
    await serving.close();
    await streams.close();
    await world.close();
  });

  /** Watches; `done` settles with the stream. */
  const watch = async (after = 0, client: ApiClient = world.admin, keep = (_result: object) => {}) => {
    const params = { query, variables: { id: trainingId, after } };
    const prepared = await prepareOperation(graphql.yoga, params, { connectionToken: client.token! });
    if (!('args' in prepared)) throw prepared[0]!;
    const { key } = shareableOf(prepared.args.document, params)!;
    const sink = new RecordingSink();
    const subscribe: typeof prepared.subscribe = async (args) => {
      const results = await prepared.subscribe(args);
      return Symbol.asyncIterator in results ? told(results, keep) : results;
    };
    const member = await SharedMember.open(graphql.shared, { ...prepared, subscribe, key }, prepared.context, sink);
    if (!(member instanceof SharedMember)) throw member.errors![0]!;
    open.push(member);
    const done = member.next();
    done.catch(() => {});
    return { sink, member, done, key };
  };
  const upTo = (last: number, after = 0) => Array.from({ length: last - after }, (_, index) => after + 1 + index);
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };

  /** All have seen so many events and share what comes next: until then one that has seen all may still read alone. */
  const sharing = (watchers: readonly Awaited<ReturnType<typeof watch>>[], seen: number) =>
    until(
      () =>
        watchers.every(({ sink }) => sink.seen.length === seen) &&
        graphql.shared.find(watchers[0]!.key)?.size === watchers.length,
    );

  test('get every event once and in order, wherever they begin, and the end', async () => {
    await writer.lines(7);
    const watchers = await Promise.all([0, 2, 5, 9].map((after) => watch(after)));
    await writer.lines(3);
    await until(() => watchers.every(({ sink }) => sink.seen.at(-1) === 12));
    watchers.push(await watch(0), await watch(11));
    await writer.lines(2);
    await writer.end();
    await Promise.all(watchers.map(({ done }) => done));
    expect(watchers.map(({ sink }) => sink.seen)).toEqual([0, 2, 5, 9, 0, 11].map((after) => upTo(15, after)));
    expect([graphql.shared.size, streams.trainings.watched]).toEqual([0, 0]);
  });

  test('are given the very same frames once they are live', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const watchers = [await watch(), await watch(), await watch(0, someone)];
    await sharing(watchers, 2);
    await writer.lines(5);
    await until(() => watchers.every(({ sink }) => sink.seen.length === 7));
    const [first, ...others] = watchers.map(({ sink }) => sink.frames.slice(-5));
    expect(first!.map((frame) => frame.sequence)).toEqual([3, 4, 5, 6, 7]);
    for (const frames of others) frames.forEach((frame, index) => expect(frame).toBe(first![index]));
    expect(graphql.shared.size).toBe(1);
    expect(JSON.parse(first![0]!.json)).toEqual({ data: { trainingEvents: { sequence: 3, message: '1.........' } } });
  });

  test('hold no result of those that they read alone once they are live', async () => {
    const results: WeakRef<object>[] = [];
    await writer.lines(5);
    // Opens the group, which keeps its own last result.
    const first = await watch();
    await until(() => graphql.shared.size === 1);
    const second = await watch(0, world.admin, (result) => results.push(new WeakRef(result)));
    await sharing([first, second], 7);
    await writer.lines(1);
    await until(() => second.sink.frames.length === 1);
    expect(results).toHaveLength(7);
    // A reference that was just made is held to the end of its turn.
    await new Promise((resolve) => setImmediate(resolve));
    gc();
    expect(results.filter((result) => result.deref())).toEqual([]);
    expect(second.sink.seen).toEqual(upTo(8));
  });

  test('let go of everything when the last one leaves', async () => {
    const watchers = [await watch(), await watch()];
    await sharing(watchers, 2);
    await writer.lines(1);
    await until(() => watchers.every(({ sink }) => sink.frames.length === 1));
    await watchers[0]!.member.return();
    expect(graphql.shared.size).toBe(1);
    await writer.lines(1);
    await until(() => watchers[1]!.sink.seen.length === 4);
    expect(watchers[0]!.sink.seen).toEqual([1, 2, 3]);
    await watchers[1]!.member.return();
    expect(graphql.shared.size).toBe(0);
    await Promise.all(watchers.map(({ done }) => done));
    await until(() => streams.trainings.watched === 0);
  });

  test('go on alone while they are behind, and miss nothing', async () => {
    const slow = await watch();
    const quick = await watch();
    await sharing([slow, quick], 2);
    let isFull = false;
    let refused = 0;
    slow.sink.isFull = () => {
      if (isFull) refused++;
      return isFull;
    };
    let last = 2;
    const write = async (count: number) => {
      await writer.lines(count);
      last += count;
      await until(() => slow.sink.seen.at(-1) === last);
    };
    for (let round = 1; round <= 5; round++) {
      isFull = false;
      // Until a frame shows that it shares again.
      for (const shared = slow.sink.frames.length; slow.sink.frames.length === shared;) await write(1);
      isFull = true;
      await write(20);
      expect(refused).toBeGreaterThanOrEqual(round);
    }
    await writer.end();
    await Promise.all([slow.done, quick.done]);
    expect(quick.sink.seen).toEqual(upTo(last + 1));
    expect(slow.sink.seen).toEqual(upTo(last + 1));
    expect(slow.sink.frames.length).toBeLessThan(last - 5 * 19);
  });

  test('come and go at any moment without a gap or a double', async () => {
    let writing = true;
    const write = (async () => {
      for (let round = 0; round < 60; round++) await writer.lines(1 + (round % 7));
      await writer.end();
      writing = false;
    })();
    const follow = async (pause: number): Promise<number[]> => {
      const all: number[] = [];
      for (let over = false; !over;) {
        const { sink, member, done } = await watch(all.at(-1) ?? 0);
        const target = writing ? pause : Infinity;
        over = await Promise.race([done.then(() => true), until(() => sink.seen.length >= target).then(() => false)]);
        await member.return();
        all.push(...sink.seen);
      }
      return all;
    };
    const all = await Promise.all([1, 3, 10, 40].map(follow));
    await write;
    const last = all[0]!.at(-1)!;
    expect(last).toBeGreaterThan(60);
    for (const seen of all) expect(seen).toEqual(upTo(last));
  });

  test('end when the token is revoked, with the reason, and without the others', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const theirs = await watch(0, someone);
    const mine = await watch();
    await until(() => mine.sink.seen.length === 2 && theirs.sink.seen.length === 2);
    await world.platform.db.execute(
      sql`update access_token set revoked_at = now() where user_id = ${someone.userId.replace('User_', '')}`,
    );
    await expect(theirs.done).rejects.toThrow('The access token has expired or was revoked.');
    expect(theirs.sink.failure!.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    await writer.lines(1);
    await until(() => mine.sink.seen.at(-1) === 3);
    expect(theirs.sink.seen).toEqual([1, 2]);
  });

  test('end when the role is taken away, as if the training did not exist', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const { done, sink } = await watch(0, someone);
    await until(() => sink.seen.length === 2);
    await world.platform.db.execute(
      sql`delete from project_member where user_id = ${someone.userId.replace('User_', '')}`,
    );
    await expect(done).rejects.toThrow(/was not found/);
    expect(sink.failure!.extensions).toMatchObject({ userErrorCode: 'NOT_FOUND' });
  });

  test('are not let in without the right to it, whoever shares it already', async () => {
    await watch();
    await until(() => graphql.shared.size === 1);
    const { done, sink } = await watch(0, await world.user());
    await expect(done).rejects.toThrow(/was not found/);
    expect(sink.seen).toEqual([]);
  });

  test('are those with the same document and variables, but for where they begin', () => {
    const of = (query: string, variables: Record<string, unknown> = {}) => {
      const { parse } = graphql.yoga.getEnveloped({ request: undefined as unknown as Request });
      return shareableOf(parse(query), { query, variables })?.key;
    };
    const id = randomUUID();
    expect(of(query, { id, after: 1 })).toBe(of(query, { after: 7, id }));
    expect(of(query, { id, after: 1 })).not.toBe(of(query, { id: randomUUID(), after: 1 }));
    expect(of(query, { id })).not.toBe(of(query.replace(' message', ' level'), { id }));
    // What is used for more than the start, more than one field and no subscription are no matter of sharing by it.
    const twice = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) { sequence @skip(if: $after) } }`;
    expect(of(twice, { id, after: 1 })).not.toBe(of(twice, { id, after: 2 }));
    expect(of('subscription { ...A } fragment A on Subscription { trainingEvents(trainingId: 1) { sequence } }')).toBe(
      undefined,
    );
    expect(of('{ __typename }')).toBe(undefined);
  });
});
