import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { bucketCount, percentile } from './latency-histogram.ts';
import { deploymentMinuteTable, deploymentTotalTable } from './table.ts';

export const mostMinutes = 24 * 60;
/** After which the minutes are deleted; the totals stay. */
const minutesDays = 31;

export interface VersionTotals {
  readonly modelVersionId: string;
  readonly invocations: number;
  readonly failures: number;
  readonly pictures: number;
  readonly compared: number;
  readonly agreed: number;
  readonly lastInvokedAt: Date | null;
}

export interface DeploymentMinute {
  readonly minute: Date;
  readonly invocations: number;
  readonly failures: number;
}

/** The last so many minutes. */
export interface DeploymentWindow {
  readonly invocations: number;
  readonly failures: number;
  /** Milliseconds; null when no call was answered. */
  readonly latencies: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  /** Minutes with a call, in order. */
  readonly minutes: readonly DeploymentMinute[];
}

/** Since the beginning, by version; as of a second ago. Callers have checked access. */
export async function readTotals(db: Queryable, deploymentId: string): Promise<VersionTotals[]> {
  return db
    .select()
    .from(deploymentTotalTable)
    .where(eq(deploymentTotalTable.deploymentId, deploymentId))
    .orderBy(deploymentTotalTable.modelVersionId);
}

/** Of the last minutes, 1 to 1440, all versions together; as of a second ago. Callers have checked access. */
export async function readWindow(db: Queryable, deploymentId: string, minutes: number): Promise<DeploymentWindow> {
  const rows = await db
    .select()
    .from(deploymentMinuteTable)
    .where(
      and(
        eq(deploymentMinuteTable.deploymentId, deploymentId),
        gte(deploymentMinuteTable.minute, new Date(Date.now() - minutes * 60_000)),
      ),
    )
    .orderBy(deploymentMinuteTable.minute);
  const counts = Array<number>(bucketCount).fill(0);
  const byMinute = new Map<number, { minute: Date; invocations: number; failures: number }>();
  for (const { minute, invocations, failures, latencies } of rows) {
    latencies.forEach((count, bucket) => (counts[bucket]! += count));
    const before = byMinute.get(minute.getTime());
    byMinute.set(minute.getTime(), {
      minute,
      invocations: invocations + (before?.invocations ?? 0),
      failures: failures + (before?.failures ?? 0),
    });
  }
  const each = [...byMinute.values()];
  const p50 = percentile(counts, 0.5);
  return {
    invocations: each.reduce((total, { invocations }) => total + invocations, 0),
    failures: each.reduce((total, { failures }) => total + failures, 0),
    latencies: p50 === null ? null : { p50, p95: percentile(counts, 0.95)!, p99: percentile(counts, 0.99)! },
    minutes: each,
  };
}

/** Deletes minutes that nobody asks for any more. */
export async function deleteOldMinutes(platform: Platform): Promise<void> {
  await platform.db
    .delete(deploymentMinuteTable)
    .where(lt(deploymentMinuteTable.minute, sql`now() - make_interval(days => ${minutesDays})`));
}
