import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { cancelWhereNobodyWorks, lockTransfer } from './cancel-transfer.ts';
import { endTransfer } from './run-transfer.ts';
import { StaleTransferError, wakeTransferWatchers } from './transfer-events.ts';
import { isTransferFinal } from './transfer-facts.ts';
import type { Transfer } from './transfer-row.ts';

/** Ends transfers whose job the queue has given up, which would show RUNNING for ever. Returns their ids. */
export async function reapLostTransfers(platform: Platform): Promise<string[]> {
  const rows = await readTransfers(
    platform,
    sql`left join pgboss.job on job.id = transfer.job_id
      where transfer.state in ('QUEUED', 'RUNNING') and (job.id is null or job.state in ('failed', 'cancelled', 'completed'))
        and transfer.created_at < now() - interval '10 seconds'`,
  );
  for (const transfer of rows) {
    try {
      await endTransfer(platform, transfer, { state: 'FAILED', failure: lostWorkers(transfer.attempt) });
    } catch (error) {
      if (!(error instanceof StaleTransferError)) throw error;
    }
  }
  return rows.map(({ id }) => id);
}

export const lostWorkers = (attempts: number) =>
  ({
    code: 'WORKER_LOST',
    message: `It was given up after ${attempts} attempt(s): its workers were lost.`,
    hint: 'Look at the log of the workers and at their memory, then start it again.',
    retryable: true,
  }) as const;

/** Cancels transfers whose worker died before it could do as it was told. Returns their ids. */
export async function cancelAbandonedTransfers(platform: Platform): Promise<string[]> {
  const rows = await readTransfers(
    platform,
    sql`join pgboss.job on job.id = transfer.job_id
      where transfer.state = 'RUNNING' and transfer.cancel_requested and job.state in ('created', 'retry')`,
  );
  for (const ref of rows)
    await platform.db.transaction(async (tx) => {
      const current = await lockTransfer(tx, ref);
      if (!isTransferFinal(current.state)) await cancelWhereNobodyWorks(tx, platform, current);
    });
  for (const { id, projectId } of rows) wakeTransferWatchers(platform, id, projectId);
  return rows.map(({ id }) => id);
}

type Found = Pick<Transfer, 'id' | 'kind' | 'attempt' | 'projectId'>;

async function readTransfers(platform: Platform, conditions: ReturnType<typeof sql>): Promise<Found[]> {
  const rows = await platform.db.execute<Record<keyof Found, unknown>>(sql`
    select transfer.id, transfer.kind, transfer.attempt, transfer.project_id as "projectId" from transfer
    ${conditions} limit 100`);
  return [...rows] as unknown as Found[];
}
