import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { NotFoundError, type UserError } from '../platform/errors.ts';
import { storableText, validate } from '../platform/validate.ts';
import { lockProject } from '../projects/project-row.ts';
import { readLiveImages, type Image } from './image-row.ts';
import { refreshStanding } from './image-standing.ts';
import { imageTable } from './table.ts';

const maximumImages = 1000;

/** A key such as a camera or a patient: 1 to 128 characters. */
export const groupKey = storableText()
  .min(1, 'must not be empty')
  .refine((text) => [...text].length <= 128, 'must have at most 128 characters');

const target = {
  projectId: z.string(),
  imageIds: z
    .array(z.string())
    .min(1, 'must hold at least one image')
    .max(maximumImages, `must hold at most ${maximumImages} images`)
    .refine((ids) => new Set(ids).size === ids.length, 'must name each image once'),
};
const splitInput = z.object({ ...target, split: z.enum(imageTable.splitOverride.enumValues).nullable() });
const groupInput = z.object({ ...target, group: groupKey.nullable() });

export type ImageChange = { readonly image: Image } | { readonly imageId: string; readonly error: UserError };

/**
 * Puts images on a side of the split for all dataset versions from now on, with whatever belongs to them; with null the split is automatic again,
 * and sides of versions that there are stay as they are. A result for each in the order asked; an unknown image spoils its own item only.
 */
export async function setImageSplit(ctx: ActionContext, input: z.input<typeof splitInput>): Promise<ImageChange[]> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { split, ...images } = validate(splitInput, input);
  return change(ctx, images, { splitOverride: split });
}

/** Says that images belong together, such as pictures of one patient: from now on they stand on one side of the split. Null = with no others. */
export async function setImageGroup(ctx: ActionContext, input: z.input<typeof groupInput>): Promise<ImageChange[]> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { group, ...images } = validate(groupInput, input);
  return change(ctx, images, { group });
}

function change(
  ctx: ActionContext,
  { projectId, imageIds }: { readonly projectId: string; readonly imageIds: readonly string[] },
  values: Partial<Pick<Image, 'splitOverride' | 'group'>>,
): Promise<ImageChange[]> {
  return ctx.platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const known = (await readLiveImages(tx, projectId, imageIds)).map(({ id }) => id);
    const rows = await tx.update(imageTable).set(values).where(anyOf(imageTable.id, known)).returning();
    if (values.splitOverride !== undefined) await refreshStanding(tx, projectId, known);
    const changed = new Map(rows.map((image) => [image.id, image]));
    return imageIds.map((imageId) => {
      const image = changed.get(imageId);
      return image ? { image } : { imageId, error: new NotFoundError('Image', imageId) };
    });
  });
}

/** Puts images on sides of the split, each on its own; the caller holds the project's lock. */
export async function overrideSplits(
  tx: Transaction,
  projectId: string,
  splits: ReadonlyMap<string, NonNullable<Image['splitOverride']>>,
): Promise<void> {
  for (const [split, entries] of Map.groupBy(splits, ([, each]) => each))
    await tx
      .update(imageTable)
      .set({ splitOverride: split })
      .where(
        anyOf(
          imageTable.id,
          entries.map(([id]) => id),
        ),
      );
  await refreshStanding(tx, projectId, [...splits.keys()]);
}
