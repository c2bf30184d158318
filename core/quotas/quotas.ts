import { eq, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireAdministrator, requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable } from '../platform/database.ts';
import type { Quota } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { readProject, type Project } from '../projects/project-row.ts';
import { quotaTable } from './table.ts';

/** By quota; null = no limit. */
export type QuotaLimits = Readonly<Record<Quota, number | null>>;

type Column = Exclude<keyof typeof quotaTable.$inferSelect, 'projectId'>;
const columns: Readonly<Record<Quota, Column>> = {
  IMAGES: 'images',
  BYTES: 'bytes',
  ACTIVE_TRAININGS: 'activeTrainings',
  TRAINING_MINUTES: 'trainingMinutes',
  DEPLOYMENTS: 'deployments',
};

type QuotaRow = Partial<typeof quotaTable.$inferSelect>;
const toLimits = (of: (column: Column) => number | null | undefined): QuotaLimits =>
  Object.fromEntries(Object.entries(columns).map(([quota, column]) => [quota, of(column) ?? null])) as QuotaLimits;

/** What counts for a project: its own limits, else those of the installation. Callers have checked access. */
export async function readQuotas(db: Queryable, projectId: string): Promise<QuotaLimits> {
  const rows: QuotaRow[] = await db
    .select()
    .from(quotaTable)
    .where(or(eq(quotaTable.projectId, projectId), isNull(quotaTable.projectId)));
  const own = rows.find((row) => row.projectId !== null);
  const defaults = rows.find((row) => row.projectId === null);
  return toLimits((column) => own?.[column] ?? defaults?.[column]);
}

/** What counts for projects without a limit of their own. Administrators only. */
export async function readDefaultQuotas(ctx: ActionContext): Promise<QuotaLimits> {
  requireAdministrator(ctx);
  const [row] = await ctx.platform.db.select().from(quotaTable).where(isNull(quotaTable.projectId));
  return toLimits((column) => row?.[column]);
}

const limit = z.number().int('must be a whole number').min(0).max(Number.MAX_SAFE_INTEGER).nullish();
const limitsInput = z.object({
  images: limit,
  bytes: limit,
  activeTrainings: limit,
  trainingMinutes: limit,
  deployments: limit,
});
export type QuotaInput = z.input<typeof limitsInput>;

/** Limits of one project; left out = kept, null = what counts for all. What there is already stays. Administrators only. */
export async function setProjectQuotas(ctx: ActionContext, projectId: string, input: QuotaInput): Promise<Project> {
  requireAdministrator(ctx);
  await requireProject(ctx, projectId, 'OWNER');
  await store(ctx, projectId, input);
  return readProject(ctx.platform.db, projectId);
}

/** Limits of all projects that have none of their own; left out = kept, null = none. Administrators only. */
export async function setDefaultQuotas(ctx: ActionContext, input: QuotaInput): Promise<QuotaLimits> {
  requireAdministrator(ctx);
  await store(ctx, null, input);
  return readDefaultQuotas(ctx);
}

async function store({ platform }: ActionContext, projectId: string | null, input: QuotaInput): Promise<void> {
  const given = Object.entries(validate(limitsInput, input)).filter(([, value]) => value !== undefined);
  const values = Object.fromEntries(given) as Omit<QuotaRow, 'projectId'>;
  await platform.db
    .insert(quotaTable)
    .values({ projectId, ...values })
    .onConflictDoUpdate({ target: quotaTable.projectId, set: { projectId: sql`excluded.project_id`, ...values } });
}
