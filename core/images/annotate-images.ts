import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { changeLabelCounts, readLabels } from '../labels/label-row.ts';
import { NotFoundError, StaleAnnotationError, type UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { changeProjectCounts, lockProject } from '../projects/project-row.ts';
import { lockImages, type Image } from './image-row.ts';
import { annotationTable, imageTable } from './table.ts';

export const maximumAnnotations = 1000;

const annotateInput = z.object({
  projectId: z.string(),
  annotations: z
    .array(
      z.object({
        imageId: z.string(),
        /** Null takes the label away. */
        labelId: z.string().nullable(),
        /** Revision of the annotation that the caller has seen; left out = whatever it is. */
        expectedRevision: z.number().int().min(0).nullish(),
      }),
    )
    .min(1, 'must hold at least one annotation')
    .max(maximumAnnotations, `must hold at most ${maximumAnnotations} annotations`)
    .refine((list) => new Set(list.map((item) => item.imageId)).size === list.length, 'must name each image once'),
});

export type AnnotationResult = { readonly image: Image } | { readonly imageId: string; readonly error: UserError };

/**
 * Labels up to 1,000 images in one transaction, with a result for each in the order asked: an unknown image or label or a
 * stale revision spoils its own item only. In a single-label project the new label takes the place of the old one.
 */
export async function annotateImages(
  ctx: ActionContext,
  input: z.input<typeof annotateInput>,
): Promise<AnnotationResult[]> {
  await requireProject(ctx, input.projectId, 'LABELLER');
  const { projectId, annotations } = validate(annotateInput, input);
  return ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const wantedLabels = [...new Set(annotations.flatMap((item) => (item.labelId === null ? [] : [item.labelId])))];
    const known = new Set((await readLabels(tx, projectId, wantedLabels)).map((label) => label.id));
    const images = new Map(
      (
        await lockImages(
          tx,
          projectId,
          annotations.map((item) => item.imageId),
        )
      ).map((image) => [image.id, image]),
    );

    const errors = new Map<string, UserError>();
    const changes = new Map<string, string | null>();
    for (const { imageId, labelId, expectedRevision } of annotations) {
      const image = images.get(imageId);
      if (!image) errors.set(imageId, new NotFoundError('Image', imageId));
      else if (labelId !== null && !known.has(labelId)) errors.set(imageId, new NotFoundError('Label', labelId));
      else if (expectedRevision != null && expectedRevision !== image.annotationRevision)
        errors.set(imageId, new StaleAnnotationError(imageId, image.annotationRevision, expectedRevision));
      else changes.set(imageId, labelId);
    }

    const changed = [...changes.keys()];
    const updated = new Map<string, Image>();
    if (changed.length > 0) {
      const removed = await tx.delete(annotationTable).where(inArray(annotationTable.imageId, changed)).returning();
      const added = [...changes].flatMap(([imageId, labelId]) =>
        labelId === null ? [] : [{ imageId, labelId, createdBy: ctx.viewer.userId }],
      );
      if (added.length > 0) await tx.insert(annotationTable).values(added);
      const rows = await tx
        .update(imageTable)
        .set({
          annotationRevision: sql`${imageTable.annotationRevision} + 1`,
          isLabelled: sql`exists (select from ${annotationTable} where ${annotationTable.imageId} = ${imageTable.id})`,
        })
        .where(inArray(imageTable.id, changed))
        .returning();
      for (const row of rows) updated.set(row.id, row);

      const deltas = new Map<string, number>();
      for (const { labelId } of removed) deltas.set(labelId, (deltas.get(labelId) ?? 0) - 1);
      for (const { labelId } of added) deltas.set(labelId, (deltas.get(labelId) ?? 0) + 1);
      await changeLabelCounts(tx, deltas);
      await changeProjectCounts(tx, projectId, { labelledImages: added.length - removed.length });
    }
    return annotations.map(({ imageId }) => {
      const error = errors.get(imageId);
      return error ? { imageId, error } : { image: updated.get(imageId)! };
    });
  });
}
