import { sql } from 'drizzle-orm';
import { requireAdministrator } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { queueOfFlavor } from '../platform/queue.ts';
import type { TrainingState } from './training-facts.ts';

/** A training that a worker has. */
export interface RunningTraining {
  readonly id: string;
  readonly versionNumber: number;
  readonly state: TrainingState;
  readonly projectId: string;
  readonly projectName: string;
}

/**
 * What each of the workers has; of those that fell silent until the queue has noticed. What runs stands in the queue: nobody looks through all
 * trainings for it. @throws {PermissionDeniedError} for all but administrators.
 */
export async function listRunningTrainings(
  ctx: ActionContext,
  workerIds: readonly string[],
): Promise<RunningTraining[][]> {
  requireAdministrator(ctx);
  const { db, config } = ctx.platform;
  const queues = config.flavors.map(({ id }) => queueOfFlavor(id));
  const rows = await db.execute<{
    worker_id: string;
    id: string;
    version_number: number;
    state: TrainingState;
    project_id: string;
    project_name: string;
  }>(sql`
    select training.worker_id, training.id, training.version_number, training.state, project.id as project_id, project.name as project_name
    from pgboss.job join training on training.job_id = job.id join project on project.id = training.project_id
    where job.name = any(${sql.param(queues)}::text[]) and job.state = 'active'
      and training.state not in ('COMPLETED', 'FAILED', 'CANCELLED')
      and training.worker_id = any(${sql.param([...workerIds])}::uuid[])
    order by training.id`);
  const byWorker = Map.groupBy(rows, (row) => row.worker_id);
  return workerIds.map((workerId) =>
    (byWorker.get(workerId) ?? []).map((row) => ({
      id: row.id,
      versionNumber: row.version_number,
      state: row.state,
      projectId: row.project_id,
      projectName: row.project_name,
    })),
  );
}
