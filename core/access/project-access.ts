import { sql } from 'drizzle-orm';
import { batched } from '../platform/batched.ts';
import type { Database } from '../platform/database.ts';
import { NotFoundError, PermissionDeniedError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { perDatabase } from '../platform/per-database.ts';
import { projectMemberTable } from './table.ts';
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
  const role = await storedRole(ctx.platform.db, { userId: ctx.viewer.userId, projectId });
  if (role === undefined) return undefined;
  if (ctx.viewer.isAdministrator) return 'OWNER';
  return role ?? undefined;
}

const selectRoles = perDatabase((db: Database) =>
  db
    .select({ place: sql<number>`asked.place::int`, role: projectMemberTable.role })
    .from(
      sql`unnest(${sql.placeholder('userIds')}::uuid[], ${sql.placeholder('projectIds')}::uuid[])
        with ordinality as asked (user_id, project_id, place)`,
    )
    .innerJoin(sql`project`, sql`project.id = asked.project_id`)
    .leftJoin(
      projectMemberTable,
      sql`${projectMemberTable.projectId} = asked.project_id and ${projectMemberTable.userId} = asked.user_id`,
    )
    .prepare('project_roles'),
);

/** Null for who is no member, undefined when there is no such project. */
const storedRole = batched(async (db, asked: readonly { readonly userId: string; readonly projectId: string }[]) => {
  const userIds = asked.map(({ userId }) => userId);
  const projectIds = asked.map(({ projectId }) => projectId);
  const roles: (ProjectRole | null | undefined)[] = asked.map(() => undefined);
  for (const { place, role } of await selectRoles(db).execute({ userIds, projectIds })) roles[place - 1] = role;
  return roles;
});

/** @throws {PermissionDeniedError} for anyone but an administrator with a token of the scope ADMIN. */
export function requireAdministrator(ctx: ActionContext): void {
  if (ctx.viewer.isAdministrator) return;
  requireScope(ctx.viewer, 'ADMIN');
  throw new PermissionDeniedError('Only an administrator may do this.');
}
