import { and, desc, eq, gt, gte, isNotNull, lte, or, lt, sql, type SQL } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import { ValidationError } from '../platform/errors.ts';
import { objectUrl } from '../platform/object-url.ts';
import { mayDeleteObjects } from '../platform/objects/deletion-lock.ts';
import { isUuid, readPageRequest, toPage, type Page } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import type { Deployment } from './deployment-row.ts';
import { servedPictureKey } from './store-predictions.ts';
import { deploymentTable, servedPredictionTable } from './table.ts';

export type StoredServedPrediction = typeof servedPredictionTable.$inferSelect;

/** Which of the kept predictions. */
export interface ServedPredictionFilter {
  readonly modelVersionId?: string | null | undefined;
  readonly decision?: string | null | undefined;
  /** 0..1, inclusive. */
  readonly minimumUncertainty?: number | null | undefined;
  readonly maximumUncertainty?: number | null | undefined;
  /** Whether an image was made of it. */
  readonly isAdded?: boolean | null | undefined;
}

/** The most uncertain first; callers have checked access. */
export async function listServedPredictions(
  { platform }: ActionContext,
  deployment: Deployment,
  filter: ServedPredictionFilter,
  request: { first?: number | null | undefined; after?: string | null | undefined },
): Promise<Page<StoredServedPrediction>> {
  const { limit } = readPageRequest({ first: request.first });
  const table = servedPredictionTable;
  const { modelVersionId, decision, minimumUncertainty, maximumUncertainty, isAdded } = filter;
  const rows = await platform.db
    .select()
    .from(table)
    .where(
      and(
        eq(table.deploymentId, deployment.id),
        gt(table.expiresAt, sql`now()`),
        modelVersionId == null ? undefined : eq(table.modelVersionId, modelVersionId),
        decision == null ? undefined : eq(table.decision, decision),
        minimumUncertainty == null ? undefined : gte(table.uncertainty, minimumUncertainty),
        maximumUncertainty == null ? undefined : lte(table.uncertainty, maximumUncertainty),
        isAdded == null ? undefined : isAdded ? isNotNull(table.imageId) : sql`${table.imageId} is null`,
        request.after == null ? undefined : afterCursor(request.after),
      ),
    )
    .orderBy(desc(table.uncertainty), desc(table.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** Where a prediction stands in the list. */
export const predictionCursor = ({ uncertainty, id }: StoredServedPrediction): string => `${uncertainty}_${id}`;

function afterCursor(cursor: string) {
  const [, uncertainty, id] = /^([\d.e-]{1,30})_(.{36})$/.exec(cursor) ?? [];
  if (uncertainty === undefined || !Number.isFinite(Number(uncertainty)) || !isUuid(id!))
    throw new ValidationError([{ path: ['after'], message: 'is not a cursor of this list' }]);
  const table = servedPredictionTable;
  return or(
    sql`${table.uncertainty} < ${uncertainty}::real`,
    and(sql`${table.uncertainty} = ${uncertainty}::real`, lt(table.id, id!)),
  );
}

/** A signed address of the picture as it was sent, good for an hour. */
export function servedPictureUrl(platform: Platform, projectId: string, predictionId: string): string {
  return objectUrl(platform, servedPictureKey(projectId, predictionId));
}

/**
 * Deletes predictions whose time is over or whose deployment was deleted, bytes first, unless a backup runs; at most 1,000 of each a call. Returns
 * how many.
 */
export async function deleteExpiredPredictions(platform: Platform): Promise<number> {
  // One after the other, so that each goes by its index.
  const expired = await readDeletable(platform, lte(servedPredictionTable.expiresAt, sql`now()`));
  const orphaned = await readDeletable(platform, isNotNull(deploymentTable.deletedAt));
  const rows = new Map([...expired, ...orphaned].map((row) => [row.id, row]));
  let deleted = 0;
  for (const { id, projectId } of rows.values()) {
    const isGone = await platform.db.transaction(async (tx) => {
      if (!(await mayDeleteObjects(tx))) return false;
      await platform.objects.delete(servedPictureKey(projectId, id));
      await tx.delete(servedPredictionTable).where(eq(servedPredictionTable.id, id));
      return true;
    });
    if (!isGone) break;
    deleted++;
  }
  return deleted;
}

const readDeletable = (platform: Platform, condition: SQL) =>
  platform.db
    .select({ id: servedPredictionTable.id, projectId: deploymentTable.projectId })
    .from(servedPredictionTable)
    .innerJoin(deploymentTable, eq(deploymentTable.id, servedPredictionTable.deploymentId))
    .where(condition)
    .limit(1000);
