import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { lockProject } from '../projects/project-row.ts';
import { markTrashEmptied } from '../projects/trash.ts';
import { purgeSoon } from './purge-trash.ts';

/** From now on nothing that is in the project's trash can be restored; rows and files go in the background, but for what dataset versions hold. */
export async function emptyTrash(ctx: ActionContext, projectId: string): Promise<void> {
  await requireProject(ctx, projectId, 'EDITOR');
  await ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    await markTrashEmptied(tx, projectId);
  });
  await purgeSoon(ctx.platform, projectId);
}
