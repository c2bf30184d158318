import { z } from 'zod';
import type { ActionContext } from '../access/viewer.ts';
import { NotFoundError, UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { changeProjectCounts, lockProject } from '../projects/project-row.ts';
import { eq } from 'drizzle-orm';
import { findBySha256, imageKey, type Image } from './image-row.ts';
import { finishUpload, maximumUploads, readUploadedBytes, readUploads, type ImageUpload } from './image-uploads.ts';
import { ingestPicture } from './ingest-picture.ts';
import { imageTable } from './table.ts';

const completeInput = z.object({
  uploadIds: z
    .array(z.string())
    .min(1, 'must hold at least one upload')
    .max(maximumUploads, `must hold at most ${maximumUploads} uploads`)
    .refine((ids) => new Set(ids).size === ids.length, 'must name each upload once'),
});

export type CompletedUpload =
  | { readonly uploadId: string; readonly outcome: 'CREATED' | 'DUPLICATE'; readonly image: Image }
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
  return results;
}

async function completeOne(
  ctx: ActionContext,
  uploadId: string,
  upload: ImageUpload | undefined,
): Promise<CompletedUpload> {
  try {
    if (!upload) throw new NotFoundError('Upload', uploadId);
    return { uploadId, ...(await createImage(ctx, upload)) };
  } catch (error) {
    if (error instanceof UserError) return { uploadId, error };
    throw error;
  }
}

async function createImage(
  ctx: ActionContext,
  upload: ImageUpload,
): Promise<{ outcome: 'CREATED' | 'DUPLICATE'; image: Image }> {
  const { platform } = ctx;
  const { projectId } = upload;
  if (upload.completedAt && upload.imageId) {
    const [image] = await platform.db.select().from(imageTable).where(eq(imageTable.id, upload.imageId));
    if (image && !image.deletedAt) return { outcome: 'CREATED', image };
  }
  const { bytes, sha256 } = await readUploadedBytes(platform, upload);
  const duplicate = await findBySha256(platform.db, projectId, sha256);
  if (duplicate) {
    await finishUpload(platform, upload, duplicate.id);
    return { outcome: 'DUPLICATE', image: duplicate };
  }
  const picture = await ingestPicture(platform, upload.fileName, bytes);
  // Bytes before the row: a row must never promise what is not there. Keys go by content, so a repeat writes the same.
  await platform.objects.put(imageKey(projectId, sha256, 'original'), bytes);
  await platform.objects.put(imageKey(projectId, sha256, 'normalised'), picture.jpeg);
  await platform.objects.put(imageKey(projectId, sha256, 'thumbnail'), picture.thumbnail);
  const result = await platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const faster = await findBySha256(tx, projectId, sha256);
    if (faster) return { outcome: 'DUPLICATE' as const, image: faster };
    const [image] = await tx
      .insert(imageTable)
      .values({
        projectId,
        sha256,
        fileName: upload.fileName,
        format: picture.format,
        width: picture.width,
        height: picture.height,
        byteSize: bytes.byteLength,
        createdBy: ctx.viewer.userId,
      })
      .returning();
    await changeProjectCounts(tx, projectId, { images: 1 });
    return { outcome: 'CREATED' as const, image: image! };
  });
  await finishUpload(platform, upload, result.image.id);
  return result;
}
