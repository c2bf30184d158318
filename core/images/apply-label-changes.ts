import { inArray, sql } from 'drizzle-orm';
import { announceCounts } from '../labels/announce-counts.ts';
import { changeLabelCounts } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { changeProjectCounts } from '../projects/project-row.ts';
import type { Image } from './image-row.ts';
import { annotationTable, imageTable } from './table.ts';

/** Labels that an image of any project may carry. */
export const maximumLabelsOfImage = 100;

/** Who or what says that an image carries a label. */
export type Statement = Pick<typeof annotationTable.$inferInsert, 'source' | 'confidence' | 'createdBy' | 'createdAt'>;

/** What becomes of the labels of one image. */
export interface LabelChange {
  /** Carried before and from now on. */
  readonly kept: ReadonlySet<string>;
  /** Said now, be they new or not. */
  readonly said: ReadonlyMap<string, Statement>;
}

/** The labels of each of these images. */
export async function readCarried(tx: Transaction, imageIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await tx
    .select({ imageId: annotationTable.imageId, labelId: annotationTable.labelId })
    .from(annotationTable)
    .where(anyOf(annotationTable.imageId, imageIds));
  const carried = new Map<string, Set<string>>(imageIds.map((id) => [id, new Set()]));
  for (const { imageId, labelId } of rows) carried.get(imageId)!.add(labelId);
  return carried;
}

/** PostgreSQL allows 65,535 parameters a statement. */
const rowsPerInsert = 8000;

/**
 * Changes the labels of images as a set, with all counts, and tells them; the caller holds the project's lock.
 * @param carried of {@link readCarried}. @param images as they were; only `isLabelled` is looked at. Returns the changed images by id.
 */
export async function applyLabelChanges(
  tx: Transaction,
  projectId: string,
  {
    changes,
    carried,
    images,
  }: {
    readonly changes: ReadonlyMap<string, LabelChange>;
    readonly carried: ReadonlyMap<string, ReadonlySet<string>>;
    readonly images: ReadonlyMap<string, Pick<Image, 'isLabelled'>>;
  },
): Promise<Map<string, Image>> {
  const deltas = new Map<string, number>();
  const count = (labelId: string, delta: number) => deltas.set(labelId, (deltas.get(labelId) ?? 0) + delta);
  const removed: { imageId: string; labelId: string }[] = [];
  const added: (typeof annotationTable.$inferInsert)[] = [];
  let labelledImages = 0;
  for (const [imageId, { kept, said }] of changes) {
    for (const labelId of carried.get(imageId)!) {
      if (!kept.has(labelId) || said.has(labelId)) removed.push({ imageId, labelId });
      if (!kept.has(labelId) && !said.has(labelId)) count(labelId, -1);
    }
    for (const [labelId, statement] of said) {
      added.push({ imageId, labelId, ...statement });
      if (!carried.get(imageId)!.has(labelId)) count(labelId, 1);
    }
    labelledImages += (kept.size + said.size > 0 ? 1 : 0) - (images.get(imageId)!.isLabelled ? 1 : 0);
  }
  if (removed.length > 0)
    await tx.execute(sql`
      delete from annotation using unnest(
        ${sql.param(removed.map(({ imageId }) => imageId))}::uuid[], ${sql.param(removed.map(({ labelId }) => labelId))}::uuid[]
      ) as gone (image_id, label_id)
      where annotation.image_id = gone.image_id and annotation.label_id = gone.label_id`);
  for (let start = 0; start < added.length; start += rowsPerInsert)
    await tx.insert(annotationTable).values(added.slice(start, start + rowsPerInsert));
  const rows = await tx
    .update(imageTable)
    .set({
      annotationRevision: sql`${imageTable.annotationRevision} + 1`,
      isLabelled: sql`exists (select from ${annotationTable} where ${annotationTable.imageId} = ${imageTable.id})`,
    })
    .where(inArray(imageTable.id, [...changes.keys()]))
    .returning();
  await changeLabelCounts(tx, deltas);
  await changeProjectCounts(tx, projectId, { labelledImages });
  await announceCounts(tx, projectId, deltas.keys());
  return new Map(rows.map((row) => [row.id, row]));
}
