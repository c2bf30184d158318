import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { requireProject, requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { checkSequence, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { findDeployment, requireDeployment, type Deployment } from './deployment-row.ts';
import { deploymentChangeTable, deploymentTable } from './table.ts';

export type DeploymentChangeRecord = typeof deploymentChangeTable.$inferSelect;

/** @throws {NotFoundError} */
export const getDeployment = (ctx: ActionContext, id: string): Promise<Deployment> =>
  requireDeployment(ctx, id, 'VIEWER');

/** As {@link getDeployment}, also when it was deleted: its history is there still. @throws {NotFoundError} */
export async function getDeploymentOfHistory(ctx: ActionContext, id: string): Promise<Deployment> {
  const deployment = await findDeployment(ctx.platform.db, id, true);
  await requireProjectOf(ctx, 'Deployment', id, deployment?.projectId, 'VIEWER');
  return deployment!;
}

/** Newest first, without deleted ones. */
export async function listDeployments(
  ctx: ActionContext,
  request: PageRequest & { projectId: string },
): Promise<Page<Deployment>> {
  await requireProject(ctx, request.projectId, 'VIEWER');
  const { limit, after } = readPageRequest(request);
  const rows = await ctx.platform.db
    .select()
    .from(deploymentTable)
    .where(
      and(
        eq(deploymentTable.projectId, request.projectId),
        isNull(deploymentTable.deletedAt),
        after === undefined ? undefined : lt(deploymentTable.id, after),
      ),
    )
    .orderBy(desc(deploymentTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** Newest first; callers have checked access. @param before number of the last change of the page before; 0 = from the newest. */
export async function listDeploymentChanges(
  { platform }: ActionContext,
  deploymentId: string,
  before: number,
  first: number | null | undefined,
): Promise<Page<DeploymentChangeRecord>> {
  checkSequence(before);
  const { limit } = readPageRequest({ first });
  const rows = await platform.db
    .select()
    .from(deploymentChangeTable)
    .where(
      and(
        eq(deploymentChangeTable.deploymentId, deploymentId),
        before === 0 ? undefined : lt(deploymentChangeTable.sequence, before),
      ),
    )
    .orderBy(desc(deploymentChangeTable.sequence))
    .limit(limit + 1);
  return toPage(rows, limit);
}
