import type { Readable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { InvalidStateError, NotFoundError, PictureRefusedError } from '../platform/errors.ts';
import { ObjectTooLargeError } from '../platform/objects/object-store.ts';
import { isUuid } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import { uploadKey, type ImageUpload } from './image-uploads.ts';
import { imageUploadTable } from './table.ts';

/**
 * Takes the bytes of an announced file; the signed address was checked by the caller. Sending again before completion replaces
 * what was sent. @throws {NotFoundError} {InvalidStateError} {PictureRefusedError} when more bytes come than were announced.
 */
export async function receiveUpload(platform: Platform, uploadId: string, body: Readable): Promise<number> {
  const upload = await findUpload(platform, uploadId);
  if (!upload) throw new NotFoundError('ImageUpload', uploadId);
  if (upload.completedAt) throw new InvalidStateError('The upload was completed already.', 'COMPLETED');
  try {
    const bytes = await platform.objects.putStream(uploadKey(upload), body, upload.byteSize, { release: true });
    if (await markReceived(platform, uploadId)) return bytes;
  } catch (error) {
    if (error instanceof ObjectTooLargeError)
      throw new PictureRefusedError(
        'SIZE_MISMATCH',
        upload.fileName,
        `more bytes were sent than the ${upload.byteSize} announced.`,
      );
    // A deleted project takes the folder along into which the bytes come.
    if (await findUpload(platform, uploadId)) throw error;
  }
  // The project was deleted, or the time of the upload ran out, while the bytes came: they are not kept.
  await platform.objects.delete(uploadKey(upload));
  throw new NotFoundError('ImageUpload', uploadId);
}

async function findUpload(platform: Platform, uploadId: string): Promise<ImageUpload | undefined> {
  if (!isUuid(uploadId)) return undefined;
  const [upload] = await platform.db.select().from(imageUploadTable).where(eq(imageUploadTable.id, uploadId));
  return upload;
}

/** False when the upload is not there any more. */
async function markReceived(platform: Platform, uploadId: string): Promise<boolean> {
  const rows = await platform.db
    .update(imageUploadTable)
    .set({ receivedAt: sql`now()` })
    .where(eq(imageUploadTable.id, uploadId))
    .returning({ id: imageUploadTable.id });
  return rows.length > 0;
}
