import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { endTraining } from './run-training.ts';
import { StaleAttemptError } from './training-events.ts';

/**
 * Ends trainings whose job the queue has given up: without this, one whose workers all died would show RUNNING for ever.
 * Returns their ids.
 */
export async function reapLostTrainings(platform: Platform): Promise<string[]> {
  const rows = await platform.db.execute<{ id: string; attempt: number }>(sql`
    select training.id, training.attempt from training
    left join pgboss.job on job.id = training.job_id
    where training.state in ('QUEUED', 'PREPARING', 'RUNNING', 'EVALUATING')
      and (job.id is null or job.state in ('failed', 'cancelled', 'completed'))
      and training.created_at < now() - interval '10 seconds'
    limit 100`);
  for (const { id, attempt } of rows) {
    try {
      await endTraining(platform, id, attempt, {
        state: 'FAILED',
        failure: {
          code: 'WORKER_LOST',
          message: `The training was given up after ${attempt} attempt(s): its workers were lost.`,
          hint: 'Look at the log of the workers and at their memory, then start the training again.',
          retryable: true,
        },
      });
    } catch (error) {
      if (!(error instanceof StaleAttemptError)) throw error;
    }
  }
  return rows.map((row) => row.id);
}
