import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { announceCounts } from '../labels/announce-counts.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { changeLabelCounts } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { validate } from '../platform/validate.ts';
import { changeProjectCounts, lockProject } from '../projects/project-row.ts';
import { imageForms, imageKey, lockImages } from './image-row.ts';
import { annotationTable, imageTable } from './table.ts';

/** What happens to the images when their label is deleted: the reference's `delete_policy` 0, 1 and 2. Images that carry others too stay. */
export const labelDeletePolicies = ['LABEL_ONLY', 'LABEL_AND_IMAGES', 'LABEL_IMAGES_AND_SOURCE_FILES'] as const;
export type LabelDeletePolicy = (typeof labelDeletePolicies)[number];

const deleteInput = z.object({
  projectId: z.string(),
  imageIds: z.array(z.string()).min(1).max(1000, 'must hold at most 1000 images'),
  deleteSourceFiles: z.boolean().nullish(),
});

/**
 * Takes images out of the project; ids that are not there are skipped. Dataset versions keep what they hold, and the bytes that
 * they hold stay; other bytes go when `deleteSourceFiles` is set. Returns how many images went.
 */
export async function deleteImages(ctx: ActionContext, input: z.input<typeof deleteInput>): Promise<number> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, imageIds, deleteSourceFiles } = validate(deleteInput, input);
  const removed = await ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    return removeImages(tx, projectId, imageIds);
  });
  wakeProjectWatchers(ctx.platform, projectId);
  if (deleteSourceFiles) await deleteUnusedObjects(ctx, projectId, removed);
  return removed.length;
}

/** Marks images deleted and keeps all counts exact; the caller holds the project's lock. Returns the digests that went. */
export async function removeImages(tx: Transaction, projectId: string, imageIds: readonly string[]): Promise<Buffer[]> {
  const images = await lockImages(tx, projectId, imageIds);
  if (images.length === 0) return [];
  const ids = images.map((image) => image.id);
  const annotations = await tx.delete(annotationTable).where(anyOf(annotationTable.imageId, ids)).returning();
  const deltas = new Map<string, number>();
  for (const { labelId } of annotations) deltas.set(labelId, (deltas.get(labelId) ?? 0) - 1);
  await changeLabelCounts(tx, deltas);
  await tx
    .update(imageTable)
    .set({ deletedAt: sql`now()`, isLabelled: false })
    .where(anyOf(imageTable.id, ids));
  await changeProjectCounts(tx, projectId, {
    images: -images.length,
    labelledImages: -images.filter((image) => image.isLabelled).length,
  });
  await announceCounts(tx, projectId, deltas.keys());
  return images.map((image) => image.sha256);
}

/** Takes a label off all images, or the images out with it; the caller holds the project's lock. Returns the digests that went. */
export async function removeLabelFromImages(
  tx: Transaction,
  projectId: string,
  labelId: string,
  policy: LabelDeletePolicy,
): Promise<Buffer[]> {
  const annotated = await tx
    .select({ imageId: annotationTable.imageId })
    .from(annotationTable)
    .where(eq(annotationTable.labelId, labelId));
  const imageIds = annotated.map((row) => row.imageId);
  const left = await tx
    .selectDistinct({ imageId: annotationTable.imageId })
    .from(annotationTable)
    .where(and(anyOf(annotationTable.imageId, imageIds), ne(annotationTable.labelId, labelId)));
  const bare = new Set(imageIds).difference(new Set(left.map((row) => row.imageId)));
  const removed = policy === 'LABEL_ONLY' ? [] : await removeImages(tx, projectId, [...bare]);
  const kept = policy === 'LABEL_ONLY' ? imageIds : left.map((row) => row.imageId);
  if (kept.length === 0) return removed;
  await tx.delete(annotationTable).where(eq(annotationTable.labelId, labelId));
  await tx
    .update(imageTable)
    .set({
      annotationRevision: sql`${imageTable.annotationRevision} + 1`,
      isLabelled: sql`exists (select from ${annotationTable} where ${annotationTable.imageId} = ${imageTable.id})`,
    })
    .where(anyOf(imageTable.id, kept));
  if (policy === 'LABEL_ONLY') await changeProjectCounts(tx, projectId, { labelledImages: -bare.size });
  await announceCounts(tx, projectId, []);
  return removed;
}

/** Pictures whose bytes go in one transaction; the project is locked meanwhile. */
const batch = 200;

/**
 * Deletes the bytes of pictures that neither a live image nor a dataset version of the project holds any more. Under the project's
 * lock, as images are made: between the question and the deletion nobody can bring the same picture back.
 */
export async function deleteUnusedObjects(
  { platform }: ActionContext,
  projectId: string,
  digests: readonly Buffer[],
): Promise<void> {
  for (let start = 0; start < digests.length; start += batch)
    await platform.db.transaction(async (tx) => {
      await lockProject(tx, projectId);
      for (const sha256 of await findUnused(tx, projectId, digests.slice(start, start + batch)))
        for (const form of imageForms) await platform.objects.delete(imageKey(projectId, sha256, form));
    });
}

async function findUnused(tx: Transaction, projectId: string, digests: readonly Buffer[]): Promise<Buffer[]> {
  const asked = digests.map((sha256) => sha256.toString('hex'));
  const rows = await tx.execute<{ sha256: Buffer }>(sql`
    select decode(hex, 'hex') as sha256 from unnest(${sql.param(asked)}::text[]) hex
    where not exists (
      select from image where project_id = ${projectId} and image.sha256 = decode(hex, 'hex')
        and (deleted_at is null or exists (select from dataset_version_image held where held.image_id = image.id)))`);
  return rows.map((row) => row.sha256);
}
