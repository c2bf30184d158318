import { sql, type SQL } from 'drizzle-orm';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Quota } from '../platform/errors.ts';
import { readQuotas } from './quotas.ts';

export interface QuotaUsage {
  readonly limit: number | null;
  readonly used: number;
}

/** Minutes that trainings of a project have run in this month, those under way up to now. */
export const minutesUsed = (projectId: string, until: SQL): SQL => sql`
  (select coalesce(sum(extract(epoch from coalesce(finished_at, ${until}) - greatest(started_at, month.start))), 0)::float8 / 60
    from training, (select date_trunc('month', now(), 'UTC') as start) month
    where project_id = ${projectId} and started_at is not null and (finished_at is null or finished_at > month.start))`;

/** By an index, the few rows that are not over; counts of images are maintained. */
export const usedNow: Readonly<Record<Quota, (projectId: string) => SQL>> = {
  IMAGES: (projectId) => sql`(select image_count::float8 from project where id = ${projectId})`,
  BYTES: (projectId) => sql`(select image_bytes::float8 from project where id = ${projectId})`,
  ACTIVE_TRAININGS: (projectId) =>
    sql`(select count(*)::float8 from training where project_id = ${projectId} and finished_at is null)`,
  TRAINING_MINUTES: (projectId) => minutesUsed(projectId, sql`now()`),
  DEPLOYMENTS: (projectId) =>
    sql`(select count(*)::float8 from deployment where project_id = ${projectId} and deleted_at is null)`,
};

/** What a project has, and may have. VIEWER. */
export async function readUsage(ctx: ActionContext, projectId: string): Promise<Readonly<Record<Quota, QuotaUsage>>> {
  await requireProject(ctx, projectId, 'VIEWER');
  const { db } = ctx.platform;
  const limits = await readQuotas(db, projectId);
  const names = Object.keys(usedNow) as Quota[];
  const selected = names.map((name) => sql`${usedNow[name](projectId)} as ${sql.identifier(name)}`);
  const [row] = await db.execute<Record<Quota, number>>(sql`select ${sql.join(selected, sql`, `)}`);
  return Object.fromEntries(names.map((name) => [name, { limit: limits[name], used: row![name] }])) as Record<
    Quota,
    QuotaUsage
  >;
}
