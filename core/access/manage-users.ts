import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { InvalidStateError, NotFoundError } from '../platform/errors.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { storableText, validate } from '../platform/validate.ts';
import { requireAdministrator, type ProjectRole } from './project-access.ts';
import { userTable } from './table.ts';
import { userName, type User } from './users.ts';
import type { ActionContext } from './viewer.ts';

export interface UserFilter {
  /** Anywhere in the name, in any case. */
  readonly nameContains?: string | null | undefined;
  readonly isAdministrator?: boolean | null | undefined;
  readonly isDisabled?: boolean | null | undefined;
}

const userFilter = z.object({ nameContains: storableText().nullish() });

/** By name. @throws {PermissionDeniedError} for all but administrators. */
export async function listUsers(ctx: ActionContext, filter: UserFilter, request: PageRequest): Promise<Page<User>> {
  requireAdministrator(ctx);
  const { limit, after } = readPageRequest(request);
  const { nameContains } = validate(userFilter, filter);
  const { name, isAdministrator, disabledAt } = userTable;
  const rows = await ctx.platform.db
    .select()
    .from(userTable)
    .where(
      and(
        after === undefined ? undefined : sql`${name} > (select name from app_user where id = ${after})`,
        nameContains == null ? undefined : sql`strpos(lower(${name}), lower(${nameContains})) > 0`,
        filter.isAdministrator == null ? undefined : eq(isAdministrator, filter.isAdministrator),
        filter.isDisabled == null ? undefined : filter.isDisabled ? isNotNull(disabledAt) : isNull(disabledAt),
      ),
    )
    .orderBy(name)
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** The viewer, or, for administrators, any user. @throws {PermissionDeniedError} {NotFoundError} */
export async function getUser(ctx: ActionContext, id: string): Promise<User> {
  if (id !== ctx.viewer.userId) requireAdministrator(ctx);
  const [user] = await ctx.platform.db.select().from(userTable).where(eq(userTable.id, id));
  if (!user) throw new NotFoundError('User', id);
  return user;
}

const updateUserInput = z.object({ name: userName.nullish(), isAdministrator: z.boolean().nullish() });

/**
 * Renames a user, makes them an administrator or takes that away.
 * @throws {InvalidStateError} when nobody would be left to administer the installation. {ConflictError} when the name is taken.
 */
export async function updateUser(
  ctx: ActionContext,
  id: string,
  input: z.input<typeof updateUserInput>,
): Promise<User> {
  requireAdministrator(ctx);
  const { name, isAdministrator } = validate(updateUserInput, input);
  return mappingConstraints(() =>
    changeUser(ctx, id, (user) => ({
      name: name ?? user.name,
      isAdministrator: isAdministrator ?? user.isAdministrator,
      // What was said by hand does not go with a group; the next login may give it again.
      ...(isAdministrator != null && { isAdministratorByGroup: false }),
    })),
  );
}

/**
 * From this moment the user's tokens are refused, those for deployments too; streams that they opened end within a minute. Roles and tokens stay
 * for the day on which the user is enabled again. @throws {InvalidStateError} for the last administrator.
 */
export async function disableUser(ctx: ActionContext, id: string): Promise<User> {
  requireAdministrator(ctx);
  return changeUser(ctx, id, ({ disabledAt }) => ({ disabledAt: disabledAt ?? sql`now()` }));
}

/** Their tokens are good again. */
export async function enableUser(ctx: ActionContext, id: string): Promise<User> {
  requireAdministrator(ctx);
  return changeUser(ctx, id, () => ({ disabledAt: null }));
}

export interface Membership {
  readonly projectId: string;
  readonly projectName: string;
  readonly role: ProjectRole;
}

const mostMemberships = 100;

/** The viewer's own roles in projects, or, for administrators, those of any users: of each by project, at most 100. @throws {PermissionDeniedError} */
export async function listMemberships(ctx: ActionContext, userIds: readonly string[]): Promise<Membership[][]> {
  if (userIds.some((id) => id !== ctx.viewer.userId)) requireAdministrator(ctx);
  const rows = await ctx.platform.db.execute<{
    user_id: string;
    project_id: string;
    name: string;
    role: ProjectRole;
  }>(sql`
    select user_id, project_id, name, role from (
      select member.user_id, member.project_id, project.name, member.role,
        row_number() over (partition by member.user_id order by project.name) as place
      from project_member member join project on project.id = member.project_id
      where member.user_id = any(${sql.param([...userIds])}::uuid[])) as ranked
    where place <= ${mostMemberships} order by name`);
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  return userIds.map((id) =>
    (byUser.get(id) ?? []).map((row) => ({ projectId: row.project_id, projectName: row.name, role: row.role })),
  );
}

type UserChanges = PgUpdateSetSource<typeof userTable>;

/** Locks the administrators first, so that of two who take each other's rights away at once one is refused. */
async function changeUser(ctx: ActionContext, id: string, changesOf: (user: User) => UserChanges): Promise<User> {
  if (!isUuid(id)) throw new NotFoundError('User', id);
  return ctx.platform.db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from app_user where is_administrator order by id for no key update`);
    const [user] = await tx.select().from(userTable).where(eq(userTable.id, id)).for('no key update');
    if (!user) throw new NotFoundError('User', id);
    const [changed] = await tx.update(userTable).set(changesOf(user)).where(eq(userTable.id, id)).returning();
    const [left] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(userTable)
      .where(and(eq(userTable.isAdministrator, true), isNull(userTable.disabledAt)));
    if (left!.count === 0)
      throw new InvalidStateError(
        'An installation has at least one administrator who is not disabled. Make somebody else one first.',
        'LAST_ADMINISTRATOR',
      );
    return changed!;
  });
}
