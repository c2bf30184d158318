import { sql, type SQL } from 'drizzle-orm';
import { isLiveLabel } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { annotationTable, imageTable } from './table.ts';

/** How many labels an image of the project carries at most. */
export const mostLabelsOf = (projectType: 'SINGLE_LABEL' | 'MULTI_LABEL'): number =>
  projectType === 'SINGLE_LABEL' ? 1 : 100;

/** Annotations are deleted and come back together with all that was said about them. */
const columns = sql.raw('image_id, label_id, project_id, source, confidence, created_by, created_at');

/** Moves annotations that match into the trash; the caller holds the project's lock. Returns how many went, by label. */
export async function trashAnnotations(tx: Transaction, which: SQL): Promise<Map<string, number>> {
  const rows = await tx.execute<{ label_id: string; count: number }>(sql`
    with moved as (delete from annotation where ${which} returning ${columns}),
    kept as (
      insert into trashed_annotation (${columns}) select ${columns} from moved
      on conflict (image_id, label_id) do update set source = excluded.source, confidence = excluded.confidence,
        created_by = excluded.created_by, created_at = excluded.created_at)
    select label_id, count(*)::int as count from moved group by label_id`);
  return new Map(rows.map((row) => [row.label_id, row.count]));
}

/**
 * Brings annotations of live images with live labels back from the trash, the latest first, as far as the image may carry more labels: what
 * was labelled anew since keeps what it has now. What does not come back is forgotten. Returns how many came, by label.
 * @param which a condition on `trashed`.
 */
export async function untrashAnnotations(
  tx: Transaction,
  which: SQL,
  mostLabels: number,
): Promise<Map<string, number>> {
  const rows = await tx.execute<{ label_id: string; count: number }>(sql`
    with candidate as (
      delete from trashed_annotation trashed where ${which} and ${isLiveLabel(sql`trashed.label_id`)} returning ${columns}),
    placed as (
      select candidate.*, row_number() over (partition by image_id order by created_at desc, label_id)
        + (select count(*) from annotation where annotation.image_id = candidate.image_id and ${isLiveLabel(annotationTable.labelId)}) as place
      from candidate),
    brought as (
      insert into annotation (${columns}) select ${columns} from placed where place <= ${mostLabels}
      on conflict (image_id, label_id) do nothing returning label_id)
    select label_id, count(*)::int as count from brought group by label_id`);
  return new Map(rows.map((row) => [row.label_id, row.count]));
}

/**
 * Says of images whose annotations were moved whether they carry a label now. Returns by how many more do. Without `offset 0` PostgreSQL likes to hash
 * all annotations that there are.
 */
export async function refreshLabelled(tx: Transaction, imageIds: readonly string[]): Promise<number> {
  const [row] = await tx.execute<{ delta: number }>(sql`
    with refreshed as (
      update image set annotation_revision = annotation_revision + 1, is_labelled = exists (
        select from annotation where annotation.image_id = image.id and ${isLiveLabel(annotationTable.labelId)} offset 0)
      where ${anyOf(imageTable.id, imageIds)} and ${imageTable.deletedAt} is null
      returning old.is_labelled::int as before, new.is_labelled::int as after)
    select coalesce(sum(after - before), 0)::int as delta from refreshed`);
  return row!.delta;
}
