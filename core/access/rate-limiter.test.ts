import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { World } from '#test/world.ts';
import { issueToken } from './access-tokens.ts';
import { RateLimiter, type RateLimits } from './rate-limiter.ts';

/** A window that no test sees the end of. */
const hours = 10 * 24 * 3600;

describe('the rate of a token', () => {
  let world: World;
  let userId: string;
  beforeAll(async () => {
    world = await World.open();
    userId = (await world.user()).userId.replace('User_', '');
  });
  afterAll(() => world.close());

  const newToken = async () =>
    (await issueToken(world.platform.db, { userId, name: 'rate', expiresAt: null })).accessToken.id;
  const limiter = (limits: RateLimits, seconds = hours, client = world.platform.client) =>
    new RateLimiter(client, world.platform.log, limits, seconds);
  const usage = async (tokenId: string) => {
    const [row] = await world.platform.db.execute<{ requests: string; cost: string; xmin: string }>(
      sql`select requests, cost, xmin::text from rate_usage where token_id = ${tokenId}`,
    );
    return row!;
  };
  const allowed = async (outcomes: readonly (undefined | number | Promise<undefined | number>)[]) =>
    (await Promise.all(outcomes.map(async (outcome) => outcome))).filter((outcome) => outcome === undefined).length;

  test('is exact on one server, whether requests come one after the other or at once', async () => {
    const [first, second] = [await newToken(), await newToken()];
    const limit = limiter({ requests: 37, cost: 0 });
    let count = 0;
    for (let number = 0; number < 60; number++) count += await allowed([limit.take(first, 1)]);
    expect(count).toBe(37);
    expect(await allowed(Array.from({ length: 60 }, () => limit.take(second, 1)))).toBe(37);
  });

  test('is never more on several servers, and at least all but an allowance of each', async () => {
    const tokenId = await newToken();
    const servers = Array.from({ length: 3 }, () => limiter({ requests: 100, cost: 0 }));
    const outcomes = Array.from({ length: 300 }, (_, number) => servers[number % 3]!.take(tokenId, 1));
    const count = await allowed(outcomes);
    expect(count).toBeLessThanOrEqual(100);
    expect(count).toBeGreaterThanOrEqual(100 - 3 * 5);
  });

  test('counts what operations cost', async () => {
    const tokenId = await newToken();
    const limit = limiter({ requests: 0, cost: 1000 });
    expect(await limit.take(tokenId, 900)).toBeUndefined();
    expect(await limit.take(tokenId, 200)).toBeGreaterThan(0);
    expect(await limit.take(tokenId, 60)).toBeUndefined();
    expect(await limit.take(tokenId, 2000)).toBeGreaterThan(0);
  });

  test('is that of the token alone', async () => {
    const [busy, quiet] = [await newToken(), await newToken()];
    const limit = limiter({ requests: 1, cost: 0 });
    expect(await limit.take(busy, 1)).toBeUndefined();
    expect(await limit.take(busy, 1)).toBeGreaterThan(0);
    expect(await limit.take(quiet, 1)).toBeUndefined();
  });

  test('writes once an allowance, not once a request, and not for what is refused', async () => {
    const tokenId = await newToken();
    const limit = limiter({ requests: 200, cost: 0 });
    await limit.take(tokenId, 1);
    const { xmin, requests } = await usage(tokenId);
    expect(Number(requests)).toBe(10);
    for (let number = 0; number < 9; number++) expect(limit.take(tokenId, 1)).toBeUndefined();
    expect((await usage(tokenId)).xmin).toBe(xmin);
    while ((await limit.take(tokenId, 1)) === undefined);
    const last = await usage(tokenId);
    expect(Number(last.requests)).toBe(200);
    for (let number = 0; number < 50; number++) expect(limit.take(tokenId, 1)).toBeGreaterThan(0);
    expect((await usage(tokenId)).xmin).toBe(last.xmin);
  });

  test('starts anew with the next minute, after as many seconds as it says', async () => {
    const tokenId = await newToken();
    const limit = limiter({ requests: 3, cost: 0 }, 1);
    const drain = async () => {
      for (;;) {
        const seconds = await limit.take(tokenId, 1);
        if (seconds !== undefined) return seconds;
      }
    };
    const seconds = await drain();
    expect(seconds).toBe(1);
    await setTimeout(seconds * 1000);
    expect(await limit.take(tokenId, 1)).toBeUndefined();
  });

  test('stops nobody when the database cannot tell', async () => {
    const gone = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1, connect_timeout: 1 });
    const warned = vi.spyOn(world.platform.log, 'warn');
    const limit = limiter({ requests: 1, cost: 0 }, hours, gone);
    for (let number = 0; number < 3; number++) expect(await limit.take(await newToken(), 5)).toBeUndefined();
    expect(warned).toHaveBeenCalledTimes(3);
    warned.mockRestore();
    await gone.end();
  });
});
