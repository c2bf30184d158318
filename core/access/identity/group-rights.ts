import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../../platform/database.ts';
import type { GroupRight } from '../../platform/oidc-config.ts';
import { isUuid } from '../../platform/page.ts';
import { projectRoles, type ProjectRole } from '../project-access.ts';
import type { IdentityClaims } from './identity-claims.ts';

/** What the groups of somebody are worth. */
export interface GroupRights {
  readonly isAdministrator: boolean;
  /** The strongest role in each project, by its id. */
  readonly roles: ReadonlyMap<string, ProjectRole>;
}

/** Projects that are not there (any more, or yet) are left out. */
export async function readGroupRights(
  db: Queryable,
  mapping: readonly GroupRight[],
  groups: readonly string[],
): Promise<GroupRights> {
  const mine = mapping.filter(({ group }) => groups.includes(group));
  const projects = await findProjects(
    db,
    mine.flatMap((right) => ('project' in right ? [right.project] : [])),
  );
  const roles = new Map<string, ProjectRole>();
  for (const right of mine) {
    const projectId = 'project' in right ? projects.get(right.project) : undefined;
    if (!('project' in right) || projectId === undefined) continue;
    const before = roles.get(projectId);
    if (!before || projectRoles.indexOf(before) < projectRoles.indexOf(right.role)) roles.set(projectId, right.role);
  }
  return { isAdministrator: mine.some((right) => 'administrator' in right), roles };
}

/** Ids by name or global id; a name is too short to be one. */
async function findProjects(db: Queryable, named: readonly string[]): Promise<Map<string, string>> {
  if (named.length === 0) return new Map();
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select id, name from project
    where name = any(${sql.param(named)}::text[]) or id = any(${sql.param(named.map(uuidOf).filter(isUuid))}::uuid[])`);
  const found = new Map<string, string>();
  for (const each of named) {
    const row = rows.find(({ id, name }) => name === each || (uuidOf(each) !== each && id === uuidOf(each)));
    if (row) found.set(each, row.id);
  }
  return found;
}

const uuidOf = (globalId: string): string => globalId.replace(/^Project_/, '');

/**
 * Makes the rights that a user has through groups those that the claims give; what was given by hand stays. Rights that were taken from
 * later claims stay as they are: a token that was issued before somebody left a group brings nothing back. Returns whether they were taken.
 */
export async function applyGroupRights(
  tx: Transaction,
  userId: string,
  { issuer, subject, issuedAt }: IdentityClaims,
  { isAdministrator, roles }: GroupRights,
): Promise<boolean> {
  // Logins of one user wait for one another here.
  const taken = await tx.execute(sql`
    update user_identity set claims_issued_at = ${issuedAt.toISOString()}
    where issuer = ${issuer} and subject = ${subject} and claims_issued_at <= ${issuedAt.toISOString()}
    returning 1`);
  if (taken.length === 0) return false;
  await tx.execute(sql`
    update app_user set is_administrator = ${isAdministrator} or (is_administrator and not is_administrator_by_group),
      is_administrator_by_group = ${isAdministrator} and (is_administrator_by_group or not is_administrator)
    where id = ${userId} and (is_administrator_by_group or ${isAdministrator} and not is_administrator)`);
  const projectIds = sql.param([...roles.keys()]);
  await tx.execute(sql`
    delete from project_member where user_id = ${userId} and group_role is not null and hand_role is null
      and project_id <> all(${projectIds}::uuid[])`);
  await tx.execute(sql`
    update project_member set role = hand_role, group_role = null, hand_role = null
    where user_id = ${userId} and group_role is not null and project_id <> all(${projectIds}::uuid[])`);
  await tx.execute(sql`
    insert into project_member as member (project_id, user_id, role, group_role)
    select project.id, ${userId}, asked.role, asked.role
    from unnest(${projectIds}::uuid[], ${sql.param([...roles.values()])}::project_role[]) asked (project_id, role)
    join project on project.id = asked.project_id
    order by project.id
    for key share of project
    on conflict (project_id, user_id) do update set group_role = excluded.group_role,
      hand_role = case when member.group_role is null then member.role else member.hand_role end,
      role = greatest(excluded.group_role, case when member.group_role is null then member.role else member.hand_role end)
    where member.group_role is distinct from excluded.group_role`);
  return true;
}
