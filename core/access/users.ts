import { and, eq, isNull, notExists, sql } from 'drizzle-orm';
import { z } from 'zod';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Database, Queryable, Transaction } from '../platform/database.ts';
import { InvalidStateError, NotFoundError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { storableText, validate } from '../platform/validate.ts';
import { issueToken } from './access-tokens.ts';
import { projectRoles, requireAdministrator, requireProject, type ProjectRole } from './project-access.ts';
import { projectMemberTable, userIdentityTable, userTable } from './table.ts';
import type { ActionContext } from './viewer.ts';

export type User = typeof userTable.$inferSelect;

export const userName = storableText().trim().min(1).max(100);
const createUserInput = z.object({
  name: userName,
  isAdministrator: z.boolean().nullish(),
});

/** Administrators make users; a token for one comes from `createAccessToken`. */
export async function createUser(ctx: ActionContext, input: z.input<typeof createUserInput>): Promise<User> {
  requireAdministrator(ctx);
  const { name, isAdministrator } = validate(createUserInput, input);
  const [user] = await mappingConstraints(() =>
    ctx.platform.db
      .insert(userTable)
      .values({ name, isAdministrator: isAdministrator ?? false })
      .returning(),
  );
  return user!;
}

/** The viewer's own row. */
export async function readViewer(ctx: ActionContext): Promise<User> {
  const [user] = await ctx.platform.db.select().from(userTable).where(eq(userTable.id, ctx.viewer.userId));
  if (!user) throw new NotFoundError('User', ctx.viewer.userId);
  return user;
}

/**
 * The first start of an installation: makes the administrator and a token, once. Returns undefined when there is a user already,
 * whatever they are called by now, also when another server was faster. Who has logged in through an identity provider meanwhile does not count.
 */
export async function createFirstAdministrator(db: Database): Promise<{ user: User; token: string } | undefined> {
  const [anybody] = await db
    .select({ id: userTable.id })
    .from(userTable)
    .where(notExists(db.select().from(userIdentityTable).where(eq(userIdentityTable.userId, userTable.id))))
    .limit(1);
  if (anybody) return undefined;
  const [user] = await db
    .insert(userTable)
    .values({ name: 'administrator', isAdministrator: true })
    .onConflictDoNothing()
    .returning();
  if (!user) return undefined;
  const { token } = await issueToken(db, { userId: user.id, name: 'first start', expiresAt: null });
  return { user, token };
}

export interface ProjectMember {
  readonly userId: string;
  readonly userName: string;
  readonly role: ProjectRole;
}

const setMemberInput = z.object({
  projectId: z.string(),
  userId: z.string(),
  role: z.enum(projectRoles).nullable(),
});

/**
 * Gives a user a role in the project, changes it, or, with `null`, takes it away.
 * @throws {InvalidStateError} when the project would have no owner any more, or a group gives the user more than that.
 */
export async function setProjectMember(ctx: ActionContext, input: z.input<typeof setMemberInput>): Promise<void> {
  const { projectId, userId, role } = validate(setMemberInput, input);
  await requireProject(ctx, projectId, 'OWNER');
  const known = isUuid(userId)
    ? await ctx.platform.db.select({ id: userTable.id }).from(userTable).where(eq(userTable.id, userId))
    : [];
  if (known.length === 0) throw new NotFoundError('User', userId);
  await mappingConstraints(() =>
    ctx.platform.db.transaction(async (tx) => {
      if (role !== 'OWNER') await requireOtherOwner(tx, projectId, userId);
      const left =
        role === null ? await takeHandRole(tx, projectId, userId) : await giveHandRole(tx, projectId, userId, role);
      if (left !== role)
        throw new InvalidStateError(
          `The user has the role ${left} here through a group of the identity provider, which decides about it.`,
          'ROLE_OF_GROUP',
        );
    }),
  );
}

/** Returns the role that counts now: that of a group may be stronger. */
async function giveHandRole(
  tx: Transaction,
  projectId: string,
  userId: string,
  role: ProjectRole,
): Promise<ProjectRole> {
  const [row] = await tx
    .insert(projectMemberTable)
    .values({ projectId, userId, role })
    .onConflictDoUpdate({
      target: [projectMemberTable.projectId, projectMemberTable.userId],
      set: {
        role: sql`greatest(excluded.role, ${projectMemberTable.groupRole})`,
        handRole: sql`case when ${projectMemberTable.groupRole} is not null then excluded.role end`,
      },
    })
    .returning({ role: projectMemberTable.role });
  return row!.role;
}

/** Returns what is left, which is the role of a group. */
async function takeHandRole(tx: Transaction, projectId: string, userId: string): Promise<ProjectRole | null> {
  const mine = and(eq(projectMemberTable.projectId, projectId), eq(projectMemberTable.userId, userId));
  const { groupRole } = projectMemberTable;
  await tx.delete(projectMemberTable).where(and(mine, isNull(groupRole)));
  const [row] = await tx.select({ groupRole }).from(projectMemberTable).where(mine);
  return row?.groupRole ?? null;
}

/** Locks the owners, so that of two who take each other's role away at once one is refused. */
async function requireOtherOwner(tx: Transaction, projectId: string, userId: string): Promise<void> {
  const owners = await tx.execute<{ user_id: string }>(sql`
    select user_id from project_member where project_id = ${projectId} and role = 'OWNER' order by user_id for update`);
  if (owners.length === 1 && owners[0]!.user_id === userId)
    throw new InvalidStateError('A project has at least one owner. Make somebody else an owner first.', 'LAST_OWNER');
}

/** Everyone with a role in the project, at most 1,000. */
export async function listProjectMembers(ctx: ActionContext, projectId: string): Promise<ProjectMember[]> {
  await requireProject(ctx, projectId, 'VIEWER');
  return ctx.platform.db
    .select({ userId: projectMemberTable.userId, userName: userTable.name, role: projectMemberTable.role })
    .from(projectMemberTable)
    .innerJoin(userTable, eq(userTable.id, projectMemberTable.userId))
    .where(eq(projectMemberTable.projectId, projectId))
    .orderBy(userTable.name)
    .limit(1000);
}

/** Names by id, of those that there are; callers have checked access to what tells of them. */
export async function readUserNames(db: Queryable, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: userTable.id, name: userTable.name })
    .from(userTable)
    .where(anyOf(userTable.id, [...new Set(userIds)]));
  return new Map(rows.map((row) => [row.id, row.name]));
}
