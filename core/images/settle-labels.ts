import { and, eq, gt, sql } from 'drizzle-orm';
import { announceCounts } from '../labels/announce-counts.ts';
import { changeLabelCounts, isLiveLabel, type Label } from '../labels/label-row.ts';
import { markSettled, nextSettling, readSettling } from '../labels/label-trash.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { changeProjectCounts, lockProject, type Project } from '../projects/project-row.ts';
import { mostLabelsOf, refreshLabelled, trashAnnotations, untrashAnnotations } from './carried-labels.ts';
import { purgeSoon } from './purge-trash.ts';
import { removeImages } from './remove-images.ts';
import { annotationTable, trashedAnnotationTable } from './table.ts';

/** Images a transaction: tens of milliseconds, in which the project is locked. */
export const settledPerBatch = 1000;

interface Batch {
  /** Whether there is nothing left to do for the label. */
  readonly isSettled: boolean;
  /** Where the next batch goes on. */
  readonly after: string | undefined;
}

/** Goes on in the background with labels whose images are still to follow them into the trash or out of it. */
export function settleSoon(platform: Platform): void {
  platform.background.start('settle labels', (signal) => settleLabels(platform, signal));
}

/** Lets the images of every deleted or restored label follow it, batch by batch. Safe to repeat and to run on several servers at once. */
export async function settleLabels(platform: Platform, signal?: AbortSignal): Promise<void> {
  let label: Label | undefined;
  while ((label = await nextSettling(platform.db, label?.id))) {
    const { id, projectId, deletePolicy } = label;
    try {
      let next: Batch & { readonly isDeleted?: boolean } = { isSettled: false, after: undefined };
      while (!next.isSettled) {
        if (signal?.aborted) return;
        const last = next;
        next = await platform.db.transaction(async (tx) => {
          const project = await lockProject(tx, projectId);
          const now = await readSettling(tx, id);
          if (!now) return { isSettled: true, after: undefined };
          const isDeleted = now.deletedAt !== null;
          // Restored, or deleted again, meanwhile: from the start, the other way.
          const after = isDeleted === last.isDeleted ? last.after : undefined;
          return { ...(await settleBatch(tx, project, now, after)), isDeleted };
        });
        wakeProjectWatchers(platform, projectId);
      }
    } catch (error) {
      // Deleted meanwhile, with all that it held.
      if (!(error instanceof NotFoundError)) throw error;
    }
    if (deletePolicy === 'LABEL_IMAGES_AND_SOURCE_FILES') await purgeSoon(platform, projectId);
  }
}

/** The next images of the label, in id order; the caller holds the project's lock. */
export async function settleBatch(tx: Transaction, project: Project, label: Label, after?: string): Promise<Batch> {
  const batch = label.deletedAt === null ? await bringBack(tx, project, label, after) : await takeOff(tx, label);
  if (batch.isSettled) await markSettled(tx, label.id);
  return batch;
}

async function takeOff(tx: Transaction, label: Label): Promise<Batch> {
  const { id, projectId, deletedBy, deletedAt, expiresAt, deletePolicy } = label;
  const rows = await tx
    .select({ imageId: annotationTable.imageId })
    .from(annotationTable)
    .where(eq(annotationTable.labelId, id))
    .orderBy(annotationTable.imageId)
    .limit(settledPerBatch);
  const imageIds = rows.map(({ imageId }) => imageId);
  const others = await tx
    .selectDistinct({ imageId: annotationTable.imageId })
    .from(annotationTable)
    .where(and(anyOf(annotationTable.imageId, imageIds), isLiveLabel(annotationTable.labelId)));
  const bare = [...new Set(imageIds).difference(new Set(others.map(({ imageId }) => imageId)))];
  const removed = deletePolicy === 'LABEL_ONLY' ? [] : bare;
  const isForGood = deletePolicy === 'LABEL_IMAGES_AND_SOURCE_FILES';
  const disposal = { deletedBy, deletedAt: deletedAt!, expiresAt: isForGood ? deletedAt! : expiresAt! };
  await removeImages(tx, projectId, removed, disposal);
  const gone = new Set(removed);
  const kept = imageIds.filter((imageId) => !gone.has(imageId));
  if (kept.length > 0) {
    const taken = await trashAnnotations(
      tx,
      and(eq(annotationTable.labelId, id), anyOf(annotationTable.imageId, kept))!,
    );
    await applyCounts(tx, projectId, kept, taken, -1);
  }
  return { isSettled: rows.length < settledPerBatch, after: undefined };
}

async function bringBack(tx: Transaction, project: Project, { id }: Label, after: string | undefined): Promise<Batch> {
  const rows = await tx
    .select({ imageId: trashedAnnotationTable.imageId })
    .from(trashedAnnotationTable)
    .where(
      and(
        eq(trashedAnnotationTable.labelId, id),
        after === undefined ? undefined : gt(trashedAnnotationTable.imageId, after),
      ),
    )
    .orderBy(trashedAnnotationTable.imageId)
    .limit(settledPerBatch);
  const imageIds = rows.map(({ imageId }) => imageId);
  const brought = await untrashAnnotations(
    tx,
    sql`trashed.label_id = ${id} and trashed.image_id = any(${sql.param(imageIds)}::uuid[])
      and exists (select from image where image.id = trashed.image_id and image.deleted_at is null)`,
    mostLabelsOf(project.type),
  );
  if (brought.size > 0) await applyCounts(tx, project.id, imageIds, brought, 1);
  return { isSettled: rows.length < settledPerBatch, after: imageIds.at(-1) };
}

async function applyCounts(
  tx: Transaction,
  projectId: string,
  imageIds: readonly string[],
  moved: ReadonlyMap<string, number>,
  sign: 1 | -1,
): Promise<void> {
  await changeLabelCounts(tx, new Map([...moved].map(([labelId, count]) => [labelId, sign * count])));
  await changeProjectCounts(tx, projectId, { labelledImages: await refreshLabelled(tx, imageIds) });
  await announceCounts(tx, projectId, moved.keys());
}
