import { desc, getTableColumns, sql } from 'drizzle-orm';
import { requireAdministrator } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { isLive } from './report-worker.ts';
import { workerTable } from './table.ts';

export type Worker = typeof workerTable.$inferSelect & { readonly isLive: boolean };

const mostWorkers = 1000;

/** Live ones and those that were lost within a day, newest first. @throws {PermissionDeniedError} for all but administrators. */
export async function listWorkers(ctx: ActionContext): Promise<Worker[]> {
  requireAdministrator(ctx);
  return ctx.platform.db
    .select({ ...getTableColumns(workerTable), isLive: sql<boolean>`${isLive}` })
    .from(workerTable)
    .orderBy(desc(workerTable.startedAt), workerTable.id)
    .limit(mostWorkers);
}
