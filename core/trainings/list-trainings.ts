import { and, desc, eq, lt } from 'drizzle-orm';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { trainingTable } from './table.ts';
import { requireTraining, type Training } from './training-row.ts';

/** @throws {NotFoundError} */
export async function getTraining(ctx: ActionContext, id: string): Promise<Training> {
  return requireTraining(ctx, id, 'VIEWER');
}

/** Newest first. */
export async function listTrainings(
  ctx: ActionContext,
  request: PageRequest & { projectId: string },
): Promise<Page<Training>> {
  await requireProject(ctx, request.projectId, 'VIEWER');
  const { limit, after } = readPageRequest(request);
  const rows = await ctx.platform.db
    .select()
    .from(trainingTable)
    .where(
      and(
        eq(trainingTable.projectId, request.projectId),
        after === undefined ? undefined : lt(trainingTable.id, after),
      ),
    )
    .orderBy(desc(trainingTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}
