import { and, eq, isNull } from 'drizzle-orm';
import { requireProjectOf, type ProjectRole } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable } from '../platform/database.ts';
import { isUuid } from '../platform/page.ts';
import { deploymentTable } from './table.ts';

export type Deployment = typeof deploymentTable.$inferSelect;

/** The row, or undefined; callers have checked access. Deleted ones only where they are asked for. */
export async function findDeployment(db: Queryable, id: string, withDeleted = false): Promise<Deployment | undefined> {
  if (!isUuid(id)) return undefined;
  const [deployment] = await db
    .select()
    .from(deploymentTable)
    .where(and(eq(deploymentTable.id, id), withDeleted ? undefined : isNull(deploymentTable.deletedAt)));
  return deployment;
}

/** The deployment, once the viewer's role in its project is checked. @throws {NotFoundError} {PermissionDeniedError} */
export async function requireDeployment(ctx: ActionContext, id: string, role: ProjectRole): Promise<Deployment> {
  const deployment = await findDeployment(ctx.platform.db, id);
  await requireProjectOf(ctx, 'Deployment', id, deployment?.projectId, role);
  return deployment!;
}
