import { inArray, sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { bucketCount, bucketOf } from './latency-histogram.ts';
import { deploymentMinuteTable, deploymentTable, deploymentTotalTable } from './table.ts';

const flushMilliseconds = 1000;
/** When the database has not answered for so long, what a server has counted is too much to keep. */
const mostCounts = 100_000;

export interface Invocation {
  readonly deploymentId: string;
  readonly modelVersionId: string;
  readonly pictures: number;
  /** None of its pictures was answered. */
  readonly isFailure: boolean;
  readonly milliseconds: number;
}

export interface Comparison {
  readonly deploymentId: string;
  /** The shadow. */
  readonly modelVersionId: string;
  readonly compared: number;
  readonly agreed: number;
}

interface Count {
  readonly deploymentId: string;
  readonly modelVersionId: string;
  readonly minute: Date;
  lastInvokedAt: Date | null;
  invocations: number;
  failures: number;
  pictures: number;
  compared: number;
  agreed: number;
  readonly latencies: number[];
}

/** Counts the calls of this server and adds them once a second to what all servers have counted. A crash loses the last second. */
export class InvocationMeter {
  readonly #platform: Platform;
  #counts = new Map<string, Count>();
  #timer: NodeJS.Timeout | undefined;
  #flushing = Promise.resolve();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  invoked({ deploymentId, modelVersionId, pictures, isFailure, milliseconds }: Invocation): void {
    const count = this.#countOf(deploymentId, modelVersionId);
    if (!count) return;
    count.lastInvokedAt = new Date();
    count.invocations++;
    count.pictures += pictures;
    if (isFailure) count.failures++;
    else count.latencies[bucketOf(milliseconds)]!++;
  }

  compared({ deploymentId, modelVersionId, compared, agreed }: Comparison): void {
    const count = this.#countOf(deploymentId, modelVersionId);
    if (!count) return;
    count.compared += compared;
    count.agreed += agreed;
  }

  /** Writes what was counted until now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  #countOf(deploymentId: string, modelVersionId: string): Count | undefined {
    const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const key = `${deploymentId} ${modelVersionId} ${minute.getTime()}`;
    let count = this.#counts.get(key);
    if (!count && this.#counts.size < mostCounts) {
      count = {
        deploymentId,
        modelVersionId,
        minute,
        lastInvokedAt: null,
        invocations: 0,
        failures: 0,
        pictures: 0,
        compared: 0,
        agreed: 0,
        latencies: Array<number>(bucketCount).fill(0),
      };
      this.#counts.set(key, count);
    }
    this.#timer ??= setTimeout(() => void this.flush(), flushMilliseconds).unref();
    return count;
  }

  async #write(): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    // In one order on all servers, so that they wait for each other instead of for ever.
    const rows = [...counts.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, count]) => count);
    try {
      await this.#add(rows);
    } catch (error) {
      this.#platform.log.warn({ err: error }, 'calls could not be counted; they are added later');
      for (const [key, count] of counts) {
        const since = this.#counts.get(key);
        this.#counts.set(key, since ? sum(count, since) : count);
      }
      this.#timer ??= setTimeout(() => void this.flush(), flushMilliseconds).unref();
    }
  }

  async #add(counts: readonly Count[]): Promise<void> {
    await this.#platform.db.transaction(async (tx) => {
      const ids = [...new Set(counts.map(({ deploymentId }) => deploymentId))];
      const there = await tx
        .select({ id: deploymentTable.id })
        .from(deploymentTable)
        .where(inArray(deploymentTable.id, ids))
        .for('key share');
      const known = new Set(there.map(({ id }) => id));
      const rows = counts.filter(({ deploymentId }) => known.has(deploymentId));
      if (rows.length === 0) return;
      const minutes = deploymentMinuteTable;
      await tx
        .insert(minutes)
        .values(
          rows.map(({ latencies, ...row }) => ({
            ...row,
            // drizzle would bind each element on its own; as one text the array is one parameter.
            latencies: sql`${`{${latencies.join(',')}}`}::integer[]` as unknown as number[],
          })),
        )
        .onConflictDoUpdate({
          target: [minutes.deploymentId, minutes.minute, minutes.modelVersionId],
          set: {
            invocations: sql`${minutes.invocations} + excluded.invocations`,
            failures: sql`${minutes.failures} + excluded.failures`,
            latencies: sql`(select array_agg(mine + theirs order by bucket)
              from unnest(${minutes.latencies}, excluded.latencies) with ordinality as each (mine, theirs, bucket))`,
          },
        });
      const totals = deploymentTotalTable;
      await tx
        .insert(totals)
        .values(perVersion(rows))
        .onConflictDoUpdate({
          target: [totals.deploymentId, totals.modelVersionId],
          set: {
            invocations: sql`${totals.invocations} + excluded.invocations`,
            failures: sql`${totals.failures} + excluded.failures`,
            pictures: sql`${totals.pictures} + excluded.pictures`,
            compared: sql`${totals.compared} + excluded.compared`,
            agreed: sql`${totals.agreed} + excluded.agreed`,
            lastInvokedAt: sql`greatest(${totals.lastInvokedAt}, excluded.last_invoked_at)`,
          },
        });
    });
  }
}

/** An insert may meet a row once only: the minutes of a version become one. */
function perVersion(counts: readonly Count[]): Count[] {
  const totals = new Map<string, Count>();
  for (const count of counts) {
    const key = `${count.deploymentId} ${count.modelVersionId}`;
    const before = totals.get(key);
    totals.set(key, before ? sum(before, count) : count);
  }
  return [...totals.values()];
}

const sum = (one: Count, other: Count): Count => ({
  ...one,
  lastInvokedAt: other.lastInvokedAt ?? one.lastInvokedAt,
  invocations: one.invocations + other.invocations,
  failures: one.failures + other.failures,
  pictures: one.pictures + other.pictures,
  compared: one.compared + other.compared,
  agreed: one.agreed + other.agreed,
  latencies: one.latencies.map((count, bucket) => count + other.latencies[bucket]!),
});
