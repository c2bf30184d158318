import { eq, inArray, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Transaction } from '../platform/database.ts';
import { projectMemberTable } from './table.ts';
import type { ActionContext } from './viewer.ts';

/** Makes the viewer the owner of a project that was just inserted. */
export async function addOwner(tx: Transaction, ctx: ActionContext, projectId: string): Promise<void> {
  await tx.insert(projectMemberTable).values({ projectId, userId: ctx.viewer.userId, role: 'OWNER' });
}

/** Condition that keeps the rows of projects that the viewer may see; undefined for administrators, who see all. */
export function visibleProjects(ctx: ActionContext, projectId: AnyPgColumn): SQL | undefined {
  if (ctx.viewer.isAdministrator) return undefined;
  const mine = ctx.platform.db
    .select({ id: projectMemberTable.projectId })
    .from(projectMemberTable)
    .where(eq(projectMemberTable.userId, ctx.viewer.userId));
  return inArray(projectId, mine);
}
