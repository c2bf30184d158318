import { sql } from 'drizzle-orm';
import { NotFoundError, PermissionDeniedError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { requireScope, type TokenScope } from './token-scope.ts';
import type { ActionContext } from './viewer.ts';

/** From the weakest to the strongest; each may do all that those before it may. */
export const projectRoles = ['VIEWER', 'LABELLER', 'EDITOR', 'OWNER'] as const;
export type ProjectRole = (typeof projectRoles)[number];

const scopes: Record<ProjectRole, TokenScope> = { VIEWER: 'READ', LABELLER: 'LABEL', EDITOR: 'TRAIN', OWNER: 'ADMIN' };

/**
 * The access check that opens every action on a project. VIEWER reads and predicts, LABELLER annotates, EDITOR changes images,
 * labels and trainings, OWNER members and the project itself. Administrators may do everything.
 * @throws {NotFoundError} when the project does not exist or the viewer is no member: both alike, so that nothing leaks.
 * @throws {PermissionDeniedError} when the viewer's role is too weak, or the scope of their token.
 */
export async function requireProject(ctx: ActionContext, projectId: string, needed: ProjectRole): Promise<ProjectRole> {
  const role = await projectRoleOf(ctx, projectId);
  if (!role) throw new NotFoundError('Project', projectId);
  if (projectRoles.indexOf(role) < projectRoles.indexOf(needed))
    throw new PermissionDeniedError(`This needs the role ${needed} in the project; yours is ${role}.`);
  requireScope(ctx.viewer, scopes[needed]);
  return role;
}

/** As {@link requireProject} for a thing inside a project: the error names the thing, not the project. */
export async function requireProjectOf(
  ctx: ActionContext,
  what: string,
  id: string,
  projectId: string | undefined,
  needed: ProjectRole,
): Promise<void> {
  if (projectId === undefined) throw new NotFoundError(what, id);
  try {
    await requireProject(ctx, projectId, needed);
  } catch (error) {
    throw error instanceof NotFoundError ? new NotFoundError(what, id) : error;
  }
}

/** The viewer's role, or undefined when there is nothing to see. Reads the project table as well: access guards it. */
export async function projectRoleOf(ctx: ActionContext, projectId: string): Promise<ProjectRole | undefined> {
  if (!isUuid(projectId)) return undefined;
  const rows = await ctx.platform.db.execute<{ role: ProjectRole | null }>(sql`
    select member.role from project
    left join project_member member on member.project_id = project.id and member.user_id = ${ctx.viewer.userId}
    where project.id = ${projectId}`);
  const row = rows[0];
  if (!row) return undefined;
  if (ctx.viewer.isAdministrator) return 'OWNER';
  return row.role ?? undefined;
}

/** @throws {PermissionDeniedError} for anyone but an administrator with a token of the scope ADMIN. */
export function requireAdministrator(ctx: ActionContext): void {
  if (ctx.viewer.isAdministrator) return;
  requireScope(ctx.viewer, 'ADMIN');
  throw new PermissionDeniedError('Only an administrator may do this.');
}
