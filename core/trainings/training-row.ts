import { eq, sql } from 'drizzle-orm';
import { requireProjectOf, type ProjectRole } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable, Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { trainingTable } from './table.ts';

export type Training = typeof trainingTable.$inferSelect;

/** The row, or undefined; callers have checked access. */
export async function findTraining(db: Queryable, id: string): Promise<Training | undefined> {
  if (!isUuid(id)) return undefined;
  const [training] = await db.select().from(trainingTable).where(eq(trainingTable.id, id));
  return training;
}

/** The training, once the viewer's role in its project is checked. @throws {NotFoundError} */
export async function requireTraining(ctx: ActionContext, id: string, role: ProjectRole): Promise<Training> {
  const training = await findTraining(ctx.platform.db, id);
  await requireProjectOf(ctx, 'Training', id, training?.projectId, role);
  return training!;
}

export async function lockTraining(tx: Transaction, id: string): Promise<Training> {
  const [training] = await tx.select().from(trainingTable).where(eq(trainingTable.id, id)).for('no key update');
  if (!training) throw new NotFoundError('Training', id);
  return training;
}

/** Column values of a training that has reached its end. */
export const finished = { finishedAt: sql`now()`, progress: null } as const;

/** Where the checkpoints of a training's attempts lie in the object store, as long as it runs. */
export const checkpointPrefix = ({ projectId, id }: Pick<Training, 'projectId' | 'id'>): string =>
  `projects/${projectId}/checkpoints/${id}/`;
