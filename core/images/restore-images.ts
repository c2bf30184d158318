import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { announceCounts } from '../labels/announce-counts.ts';
import { changeLabelCounts } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { ConflictError, NotFoundError, type UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { validate } from '../platform/validate.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { changeProjectCounts, lockProject, type Project } from '../projects/project-row.ts';
import { readImageRoom, RoomTaker } from '../quotas/image-room.ts';
import { isInTrash } from '../projects/trash.ts';
import { mostLabelsOf, refreshLabelled, untrashAnnotations } from './carried-labels.ts';
import { compareAgain, compareSoon } from './compare-images.ts';
import type { Image } from './image-row.ts';
import { refreshStanding } from './image-standing.ts';
import { imageTable } from './table.ts';

const restoreInput = z.object({
  projectId: z.string(),
  imageIds: z
    .array(z.string())
    .min(1, 'must hold at least one image')
    .max(1000, 'must hold at most 1000 images')
    .refine((ids) => new Set(ids).size === ids.length, 'must name each image once'),
});

export type RestoredImage =
  | { readonly image: Image }
  | { readonly imageId: string; readonly error: UserError; /** Which clashes with it. */ readonly existing?: Image };

/**
 * Takes up to 1,000 images out of the trash, with the labels that they carried and that are not in the trash themselves. A result for each in
 * the order asked: one that is not in the trash, or whose picture was uploaded again meanwhile, spoils its own item only.
 */
export async function restoreImages(ctx: ActionContext, input: z.input<typeof restoreInput>): Promise<RestoredImage[]> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, imageIds } = validate(restoreInput, input);
  const results = await ctx.platform.db.transaction(async (tx) => {
    const project = await lockProject(tx, projectId);
    const trashed = new Map((await lockTrashed(tx, projectId, imageIds)).map((image) => [image.id, image]));
    const there = await findLive(tx, projectId, [...trashed.values()]);
    const errors = new Map<string, { error: UserError; existing?: Image }>();
    const restored: string[] = [];
    const room = new RoomTaker(await readImageRoom(tx, projectId));
    for (const imageId of imageIds) {
      const image = trashed.get(imageId);
      const digest = image?.sha256.toString('hex') ?? '';
      const existing = there.get(digest);
      if (!image) errors.set(imageId, { error: new NotFoundError('Image', imageId) });
      else if (existing)
        errors.set(imageId, { error: new ConflictError('The project has this picture again already.'), existing });
      else {
        // Its bytes are counted already.
        const refusal = room.take(0);
        if (refusal) errors.set(imageId, { error: refusal });
        else {
          restored.push(imageId);
          there.set(digest, image);
        }
      }
    }
    const images = await bringBack(tx, project, restored);
    return imageIds.map((imageId): RestoredImage => {
      const refused = errors.get(imageId);
      if (!refused) return { image: images.get(imageId)! };
      const { error, existing } = refused;
      return { imageId, error, ...(existing && { existing: images.get(existing.id) ?? existing }) };
    });
  });
  wakeProjectWatchers(ctx.platform, projectId);
  compareSoon(ctx.platform);
  return results;
}

async function lockTrashed(tx: Transaction, projectId: string, imageIds: readonly string[]): Promise<Image[]> {
  return tx
    .select()
    .from(imageTable)
    .where(
      and(
        eq(imageTable.projectId, projectId),
        anyOf(imageTable.id, imageIds.filter(isUuid)),
        isInTrash(imageTable, projectId),
      ),
    )
    .orderBy(imageTable.id)
    .for('update');
}

/** The live images of the same pictures, by digest. */
async function findLive(tx: Transaction, projectId: string, images: readonly Image[]): Promise<Map<string, Image>> {
  const digests = images.map(({ sha256 }) => sha256.toString('hex'));
  const rows = await tx
    .select()
    .from(imageTable)
    .where(
      and(
        eq(imageTable.projectId, projectId),
        isNull(imageTable.deletedAt),
        sql`${imageTable.sha256} in (select decode(hex, 'hex') from unnest(${sql.param(digests)}::text[]) hex)`,
      ),
    );
  return new Map(rows.map((image) => [image.sha256.toString('hex'), image]));
}

async function bringBack(tx: Transaction, project: Project, imageIds: readonly string[]): Promise<Map<string, Image>> {
  if (imageIds.length === 0) return new Map();
  await tx
    .update(imageTable)
    .set({ deletedAt: null, deletedBy: null, expiresAt: null })
    .where(anyOf(imageTable.id, imageIds));
  const brought = await untrashAnnotations(
    tx,
    sql`trashed.image_id = any(${sql.param([...imageIds])}::uuid[])`,
    mostLabelsOf(project.type),
  );
  await changeLabelCounts(tx, brought);
  const labelledImages = await refreshLabelled(tx, imageIds);
  await changeProjectCounts(tx, project.id, { images: imageIds.length, labelledImages });
  await refreshStanding(tx, project.id, imageIds);
  await compareAgain(tx, project.id, imageIds);
  await announceCounts(tx, project.id, brought.keys());
  const rows = await tx.select().from(imageTable).where(anyOf(imageTable.id, imageIds));
  return new Map(rows.map((image) => [image.id, image]));
}
