import { and, desc, eq, lt } from 'drizzle-orm';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { ValidationError } from '../platform/errors.ts';
import { readEvents, type TrainingEvent } from './training-events.ts';
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

/** The same facts as the stream, for clients that poll: events after a sequence number, in order, 1 to 100 at a time. */
export async function listTrainingEvents(
  ctx: ActionContext,
  trainingId: string,
  after: number,
  first: number,
): Promise<TrainingEvent[]> {
  await requireTraining(ctx, trainingId, 'VIEWER');
  if (!Number.isInteger(after) || after < 0)
    throw new ValidationError([{ path: ['after'], message: 'must be 0 or a sequence number' }]);
  const { limit } = readPageRequest({ first });
  return readEvents(ctx.platform.db, trainingId, after, limit);
}
