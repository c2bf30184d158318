import { eq, sql } from 'drizzle-orm';
import { requireProjectOf, type ProjectRole } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { trainingTable } from './table.ts';

export type Training = typeof trainingTable.$inferSelect;

/** The training, once the viewer's role in its project is checked. @throws {NotFoundError} */
export async function requireTraining(ctx: ActionContext, id: string, role: ProjectRole): Promise<Training> {
  const [training] = isUuid(id)
    ? await ctx.platform.db.select().from(trainingTable).where(eq(trainingTable.id, id))
    : [];
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
