import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { endTraining } from './run-training.ts';
import { checkpointPrefix } from './training-row.ts';
import { StaleAttemptError } from './training-events.ts';

/**
 * Ends trainings whose job the queue has given up: without this, one whose workers all died would show RUNNING for ever.
 * Returns their ids.
 */
export async function reapLostTrainings(platform: Platform): Promise<string[]> {
  const rows = await platform.db.execute<{ id: string; attempt: number; project_id: string }>(sql`
    select training.id, training.attempt, training.project_id from training
    left join pgboss.job on job.id = training.job_id
    where training.state in ('QUEUED', 'PREPARING', 'RUNNING', 'EVALUATING')
      and (job.id is null or job.state in ('failed', 'cancelled', 'completed'))
      and training.created_at < now() - interval '10 seconds'
    limit 100`);
  for (const { id, attempt, project_id: projectId } of rows) {
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
      await platform.objects.deleteAll(checkpointPrefix({ id, projectId }));
    } catch (error) {
      if (!(error instanceof StaleAttemptError)) throw error;
    }
  }
  return rows.map((row) => row.id);
}
