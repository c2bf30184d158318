import { eq, sql } from 'drizzle-orm';
import type { WatchOptions } from '../access/watch-options.ts';
import { guardedStream, type Guarded } from '../access/guarded-stream.ts';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { patiently } from '../platform/events/patiently.ts';
import { checkSequence, readPageRequest, toPage, type Page } from '../platform/page.ts';
import { readProjectEvents, type ProjectEvent } from './project-events.ts';
import { projectEventTable, projectTable } from './table.ts';

/** Events between what a watcher has and `from` are not stored any more: read the project anew. Stands before event `from`. */
export interface ProjectResync {
  readonly projectId: string;
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly resyncFrom: number;
}

/** Who may watch the project. */
export const projectGuard = (ctx: ActionContext, projectId: string): Guarded => ({
  thing: `project ${projectId}`,
  check: () => requireProject(ctx, projectId, 'VIEWER'),
});

/**
 * Every event of the project after `after`, first the stored ones, then live, in order, each once, until `signal` aborts; a
 * {@link ProjectResync} first where some are gone. @throws {NotFoundError} {UnauthenticatedError} also while it runs.
 */
export async function* watchProject(
  ctx: ActionContext,
  { tails, guards, onIdle }: WatchOptions<ProjectEvent>,
  projectId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<ProjectEvent | ProjectResync, void> {
  const open = async function* (signal: AbortSignal): AsyncGenerator<ProjectEvent | ProjectResync, void> {
    checkSequence(after);
    const gone = await patiently(ctx.platform.log, () => findGone(ctx, projectId, after), signal);
    if (gone) yield gone;
    yield* tails.after(projectId, gone ? gone.sequence : after, signal, onIdle);
  };
  yield* guardedStream(ctx, projectGuard(ctx, projectId), guards, open, signal);
}

/** The same events for clients that poll: 1 to 100 at a time. */
export async function listProjectEvents(
  ctx: ActionContext,
  projectId: string,
  after: number,
  first: number | null | undefined,
): Promise<Page<ProjectEvent>> {
  await requireProject(ctx, projectId, 'VIEWER');
  checkSequence(after);
  const { limit } = readPageRequest({ first });
  return toPage(await readProjectEvents(ctx.platform.db, projectId, after, limit + 1), limit);
}

async function findGone(
  { platform }: ActionContext,
  projectId: string,
  after: number,
): Promise<ProjectResync | undefined> {
  const [row] = await platform.db
    .select({
      last: projectTable.lastSequence,
      oldest: sql<number | null>`(select min(seq) from ${projectEventTable} where project_id = ${projectId})`,
    })
    .from(projectTable)
    .where(eq(projectTable.id, projectId));
  if (!row) return undefined;
  const from = row.oldest ?? row.last + 1;
  if (after + 1 >= from) return undefined;
  return { projectId, sequence: from - 1, occurredAt: new Date(), resyncFrom: from };
}
