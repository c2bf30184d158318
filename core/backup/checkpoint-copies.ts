import type postgres from 'postgres';
import { ObjectMissingError, type ObjectStore } from '../platform/objects/object-store.ts';
import { checkpointPrefix } from '../trainings/training-row.ts';
import type { BackupTarget } from './backup-target.ts';
import type { IndexedObject } from './object-index.ts';

export const checkpointKind = 'checkpoint';

/** In SQL: a worker has it, or will. */
export const isUnfinished = `state in ('QUEUED', 'PREPARING', 'RUNNING', 'EVALUATING')`;

/**
 * Copies where trainings stand, before the rows are read: a training goes on from a checkpoint that is older than its rows, as after a crash, but
 * not from a newer one.
 */
export async function copyCheckpoints(
  session: postgres.ISql,
  objects: ObjectStore,
  target: BackupTarget,
): Promise<IndexedObject[]> {
  const trainings = await session.unsafe<{ id: string; project_id: string; attempt: number }[]>(
    `select id, project_id, attempt from training where ${isUnfinished} order by project_id, id`,
  );
  const copied: IndexedObject[] = [];
  for (const { id, project_id: projectId, attempt } of trainings)
    for (let number = attempt; number > 0; number--) {
      const key = `${checkpointPrefix({ id, projectId })}${number}`;
      const opened = await objects.open(key).catch((error: unknown) => {
        if (!(error instanceof ObjectMissingError)) throw error;
      });
      if (!opened) continue;
      const measured = await target.writeObject(key, opened.stream, opened.bytes);
      copied.push({ kind: checkpointKind, key, ...measured });
      break;
    }
  return copied;
}
