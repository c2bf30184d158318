import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { announceCounts } from '../labels/announce-counts.ts';
import { changeLabelCounts } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { validate } from '../platform/validate.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { changeProjectCounts, lockProject } from '../projects/project-row.ts';
import { disposalNow, type Disposal } from '../projects/trash.ts';
import { trashAnnotations } from './carried-labels.ts';
import { readLiveImages } from './image-row.ts';
import { purgeSoon } from './purge-trash.ts';
import { annotationTable, imageTable } from './table.ts';

const deleteInput = z.object({
  projectId: z.string(),
  imageIds: z.array(z.string()).min(1).max(1000, 'must hold at most 1000 images'),
  deleteSourceFiles: z.boolean().nullish(),
});

/**
 * Moves images into the trash; ids that are not there are skipped. With `deleteSourceFiles` they are gone for good at once, and their files
 * within moments. Dataset versions keep what they hold, with its bytes, either way. Returns how many images went.
 */
export async function deleteImages(ctx: ActionContext, input: z.input<typeof deleteInput>): Promise<number> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, imageIds, deleteSourceFiles } = validate(deleteInput, input);
  const removed = await ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const disposal = await disposalNow(tx, ctx, projectId, deleteSourceFiles ?? false);
    return removeImages(tx, projectId, imageIds, disposal);
  });
  wakeProjectWatchers(ctx.platform, projectId);
  if (deleteSourceFiles) await purgeSoon(ctx.platform, projectId);
  return removed;
}

/** Moves live images with their annotations into the trash and keeps all counts exact; the caller holds the project's lock. Returns how many. */
export async function removeImages(
  tx: Transaction,
  projectId: string,
  imageIds: readonly string[],
  disposal: Disposal,
): Promise<number> {
  const images = await readLiveImages(tx, projectId, imageIds);
  if (images.length === 0) return 0;
  const ids = images.map((image) => image.id);
  const taken = await trashAnnotations(tx, anyOf(annotationTable.imageId, ids));
  await changeLabelCounts(tx, new Map([...taken].map(([labelId, count]) => [labelId, -count])));
  await tx
    .update(imageTable)
    .set({ ...disposal, isLabelled: false })
    .where(anyOf(imageTable.id, ids));
  await changeProjectCounts(tx, projectId, {
    images: -images.length,
    labelledImages: -images.filter((image) => image.isLabelled).length,
  });
  await announceCounts(tx, projectId, taken.keys());
  return images.length;
}
