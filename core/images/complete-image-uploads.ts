import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { announceCounts } from '../labels/announce-counts.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable } from '../platform/database.ts';
import { InvalidStateError, NotFoundError, QuotaExceededError, UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { lockProject } from '../projects/project-row.ts';
import { readImageRoom, RoomTaker } from '../quotas/image-room.ts';
import { compareSoon } from './compare-images.ts';
import { findBySha256, type Image } from './image-row.ts';
import {
  markCompleted,
  maximumUploads,
  readUploadedBytes,
  readUploads,
  uploadKey,
  type ImageUpload,
  type UploadOutcome,
} from './image-uploads.ts';
import { ingestPicture } from './ingest-picture.ts';
import { areStored, deletePictures, deleteUnusedPictures, insertImages, storePictures } from './store-pictures.ts';
import { imageTable, imageUploadTable } from './table.ts';

const completeInput = z.object({
  uploadIds: z
    .array(z.string())
    .min(1, 'must hold at least one upload')
    .max(maximumUploads, `must hold at most ${maximumUploads} uploads`)
    .refine((ids) => new Set(ids).size === ids.length, 'must name each upload once'),
});

export type CompletedUpload =
  | { readonly uploadId: string; readonly outcome: UploadOutcome; readonly image: Image }
  | { readonly uploadId: string; readonly error: UserError };

/** Pictures decoded at the same time; libvips works in threads beside the event loop. */
const concurrency = 3;

/**
 * Turns sent files into images: checks size and digest, normalises, makes the thumbnail, de-duplicates by content. A result for
 * each in the order asked; what is refused spoils its own item only. Repeating the call gives the same images.
 */
export async function completeImageUploads(
  ctx: ActionContext,
  input: z.input<typeof completeInput>,
): Promise<CompletedUpload[]> {
  const visible = await readUploads(ctx, input.uploadIds);
  const { uploadIds } = validate(completeInput, input);
  const results: CompletedUpload[] = [];
  let next = 0;
  const work = async () => {
    while (next < uploadIds.length) {
      const index = next++;
      results[index] = await completeOne(ctx, uploadIds[index]!, visible.get(uploadIds[index]!));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  compareSoon(ctx.platform);
  return results;
}

async function completeOne(
  ctx: ActionContext,
  uploadId: string,
  upload: ImageUpload | undefined,
): Promise<CompletedUpload> {
  try {
    if (!upload) throw new NotFoundError('ImageUpload', uploadId);
    return { uploadId, ...(await complete(ctx, upload)) };
  } catch (error) {
    if (error instanceof UserError) return { uploadId, error };
    throw error;
  }
}

interface Completion {
  readonly outcome: UploadOutcome;
  readonly image: Image;
}

async function complete(ctx: ActionContext, upload: ImageUpload): Promise<Completion> {
  const { platform } = ctx;
  const earlier = await readCompletion(platform.db, upload.id);
  if (earlier) return earlier;
  try {
    const completion = await createImage(ctx, upload);
    await platform.objects.delete(uploadKey(upload));
    return completion;
  } catch (error) {
    // Another call that completed the upload meanwhile has freed its bytes.
    const faster = error instanceof UserError ? await readCompletion(platform.db, upload.id) : undefined;
    if (faster) return faster;
    throw error;
  }
}

/** What an earlier call made of the upload. @throws {InvalidStateError} when its image was deleted since. */
async function readCompletion(db: Queryable, uploadId: string): Promise<Completion | undefined> {
  const [row] = await db
    .select({ outcome: imageUploadTable.outcome, image: imageTable })
    .from(imageUploadTable)
    .leftJoin(imageTable, eq(imageTable.id, imageUploadTable.imageId))
    .where(eq(imageUploadTable.id, uploadId));
  if (!row?.outcome) return undefined;
  if (!row.image || row.image.deletedAt)
    throw new InvalidStateError(
      'The upload was completed already, and its image was deleted since. Announce and send the file again.',
      'COMPLETED',
    );
  return { outcome: row.outcome, image: row.image };
}

async function createImage(ctx: ActionContext, upload: ImageUpload): Promise<Completion> {
  const { platform } = ctx;
  const { projectId } = upload;
  const { bytes, sha256 } = await readUploadedBytes(platform, upload);
  const known = await findBySha256(platform.db, projectId, sha256);
  const { fileName, group } = upload;
  // Before the work; it is looked at again where it counts.
  const refusal = known ? undefined : new RoomTaker(await readImageRoom(platform.db, projectId)).take(bytes.length);
  if (refusal) throw refusal;
  const picture = known
    ? undefined
    : { fileName, bytes, sha256, group, picture: await ingestPicture(platform, fileName, bytes) };
  if (picture) await storePictures(platform, projectId, [picture]);
  try {
    const completion = await platform.db.transaction(async (tx) => {
      await lockProject(tx, projectId);
      const faster = await readCompletion(tx, upload.id);
      if (faster) return faster;
      const duplicate = await findBySha256(tx, projectId, sha256);
      if (!duplicate && !(picture && (await areStored(platform, projectId, sha256)))) return undefined;
      const full = duplicate ? undefined : new RoomTaker(await readImageRoom(tx, projectId)).take(bytes.length);
      if (full) {
        await deleteUnusedPictures(tx, platform, projectId, [sha256]);
        return full;
      }
      const [created] = duplicate ? [] : await insertImages(tx, projectId, [picture!], ctx.viewer.userId);
      if (created) await announceCounts(tx, projectId, []);
      const image = duplicate ?? created!;
      const outcome = duplicate ? 'DUPLICATE' : 'CREATED';
      await markCompleted(tx, upload.id, { imageId: image.id, outcome });
      return { outcome, image } satisfies Completion;
    });
    if (completion instanceof QuotaExceededError) throw completion;
    if (completion?.outcome === 'CREATED') wakeProjectWatchers(platform, projectId);
    // Nothing: the known image, or the bytes of its predecessor, were deleted meanwhile.
    return completion ?? (await createImage(ctx, upload));
  } catch (error) {
    // The project was deleted meanwhile, with all its files but those that were just stored.
    if (error instanceof NotFoundError) await deletePictures(platform, projectId, [sha256]);
    throw error;
  }
}
