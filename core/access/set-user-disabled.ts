import { eq, sql } from 'drizzle-orm';
import { InvalidStateError, NotFoundError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { requireAdministrator } from './project-access.ts';
import { userTable } from './table.ts';
import type { User } from './users.ts';
import type { ActionContext } from './viewer.ts';

/**
 * From this moment nothing of the user's is accepted, neither tokens nor logins, and their streams end within a minute; or all of it is
 * again. Administrators only. @throws {InvalidStateError} for the viewer's own user: somebody must be left to undo it.
 */
export async function setUserDisabled(ctx: ActionContext, userId: string, isDisabled: boolean): Promise<User> {
  requireAdministrator(ctx);
  if (!isUuid(userId)) throw new NotFoundError('User', userId);
  if (isDisabled && userId === ctx.viewer.userId)
    throw new InvalidStateError('Nobody disables themselves. Ask another administrator.', 'OWN_USER');
  const [user] = await ctx.platform.db
    .update(userTable)
    .set({ disabledAt: isDisabled ? sql`coalesce(${userTable.disabledAt}, now())` : null })
    .where(eq(userTable.id, userId))
    .returning();
  if (!user) throw new NotFoundError('User', userId);
  return user;
}
