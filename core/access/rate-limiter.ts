import type postgres from 'postgres';
import type { Log } from '../platform/log.ts';

export interface RateLimits {
  /** A minute and token; 0 = any number. */
  readonly requests: number;
  /** Sum of the complexities of operations, a minute and token; 0 = any. */
  readonly cost: number;
}

/** A server takes from the minute of a token in parts of this size: so many statements a minute, whatever the load. */
const parts = 20;
/** Beyond so many tokens at hand those whose minute is over are forgotten. */
const mostAtHand = 10_000;
const unlimited = Number.MAX_SAFE_INTEGER;

interface Allowance {
  requests: number;
  cost: number;
  /** By `performance.now()`: the end of the minute. */
  endsAt: number;
  /** The minute has no more to give. */
  isDry: boolean;
  taking: Promise<void> | undefined;
}

interface Taken {
  requests: number;
  cost: number;
  millisecondsLeft: number;
}

/**
 * Limits what one access token may ask for in a minute, on all servers together. Each server takes allowances from one row a token, so
 * that most requests cost no statement; what all servers allow is never more than the limit, and may be less by an allowance that lies
 * unused at another server. Minutes are those of the database's clock.
 */
export class RateLimiter {
  readonly #client: postgres.Sql;
  readonly #log: Log;
  readonly #limits: RateLimits;
  readonly #isOff: boolean;
  readonly #seconds: number;
  readonly #atHand = new Map<string, Allowance>();

  /** @param seconds that take the place of a minute. */
  constructor(client: postgres.Sql, log: Log, limits: RateLimits, seconds = 60) {
    this.#client = client;
    this.#log = log;
    this.#limits = { requests: limits.requests || unlimited, cost: limits.cost || unlimited };
    this.#isOff = limits.requests === 0 && limits.cost === 0;
    this.#seconds = seconds;
  }

  /**
   * Takes one request of a cost from the token's minute.
   * @param cost 1 or more; what is more than a whole minute gives is never allowed.
   * @returns undefined when it is allowed, at once where the server has an allowance; otherwise after how many seconds, 1 or more, to
   * try again.
   */
  take(tokenId: string, cost: number): undefined | number | Promise<undefined | number> {
    if (this.#isOff) return undefined;
    const allowance = this.#allowanceOf(tokenId);
    if (allowance.requests >= 1 && allowance.cost >= cost) {
      allowance.requests--;
      allowance.cost -= cost;
      return undefined;
    }
    if (allowance.isDry) return Math.max(1, Math.ceil((allowance.endsAt - performance.now()) / 1000));
    // Who waits beside others looks again: they may have used up what came.
    return (allowance.taking ??= this.#replenish(tokenId, allowance, cost)).then(() => this.take(tokenId, cost));
  }

  #allowanceOf(tokenId: string): Allowance {
    const found = this.#atHand.get(tokenId);
    if (found && found.endsAt > performance.now()) return found;
    if (this.#atHand.size >= mostAtHand)
      for (const [id, { endsAt }] of this.#atHand) if (endsAt <= performance.now()) this.#atHand.delete(id);
    const fresh: Allowance = { requests: 0, cost: 0, endsAt: Infinity, isDry: false, taking: undefined };
    this.#atHand.set(tokenId, fresh);
    return fresh;
  }

  async #replenish(tokenId: string, allowance: Allowance, cost: number): Promise<void> {
    const asked = {
      requests: Math.ceil(this.#limits.requests / parts),
      cost: Math.max(cost, Math.ceil(this.#limits.cost / parts)),
    };
    try {
      const taken = await this.#takeFromMinute(tokenId, asked);
      allowance.requests += taken.requests;
      allowance.cost += taken.cost;
      allowance.endsAt = performance.now() + taken.millisecondsLeft;
      allowance.isDry = taken.requests < asked.requests || taken.cost < asked.cost;
    } catch (error) {
      // Limits protect the service; they must not be what fails. The operation itself will say what is wrong with the database.
      this.#log.warn({ err: error }, 'the rate of a token could not be checked');
      allowance.requests += 1;
      allowance.cost += cost;
      allowance.endsAt = performance.now() + 1000;
    } finally {
      allowance.taking = undefined;
    }
  }

  async #takeFromMinute(tokenId: string, asked: { requests: number; cost: number }): Promise<Taken> {
    const { requests, cost } = this.#limits;
    const window = `${this.#seconds} seconds`;
    const client = this.#client;
    const [row] = await client<Taken[]>`
      insert into rate_usage as usage (token_id, window_start, requests, cost)
      values (${tokenId}, date_bin(${window}::interval, now(), 'epoch'), least(${asked.requests}::bigint, ${requests}::bigint),
        least(${asked.cost}::bigint, ${cost}::bigint))
      on conflict (token_id) do update set window_start = greatest(usage.window_start, excluded.window_start),
        requests = case when usage.window_start < excluded.window_start then excluded.requests
          else least(usage.requests + ${asked.requests}::bigint, ${requests}::bigint) end,
        cost = case when usage.window_start < excluded.window_start then excluded.cost
          else least(usage.cost + ${asked.cost}::bigint, ${cost}::bigint) end
      returning
        (new.requests - case when old.window_start = new.window_start then old.requests else 0 end)::float8 as requests,
        (new.cost - case when old.window_start = new.window_start then old.cost else 0 end)::float8 as cost,
        (extract(epoch from new.window_start + ${window}::interval - now()) * 1000)::float8 as "millisecondsLeft"`;
    return row!;
  }
}
