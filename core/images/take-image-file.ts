import type { Readable } from 'node:stream';
import { eq, sql } from 'drizzle-orm';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { PictureRefusedError, type UserError } from '../platform/errors.ts';
import { ObjectTooLargeError } from '../platform/objects/object-store.ts';
import { readImageRoom, RoomTaker } from '../quotas/image-room.ts';
import { completeImageUploads } from './complete-image-uploads.ts';
import type { Image } from './image-row.ts';
import { uploadKey, type UploadOutcome } from './image-uploads.ts';
import { imageUploadTable } from './table.ts';

export type TakenFile = { readonly outcome: UploadOutcome; readonly image: Image } | { readonly error: UserError };

/** As good as forever for one request; what a crash leaves behind is deleted after it. */
const lifetime = sql`now() + interval '6 hours'`;

/**
 * Makes an image of a file whose size nobody has announced: streamed to the object store with the limit of a picture, then completed as any
 * upload. What is wrong with the file is its result. @throws {NotFoundError} {PermissionDeniedError} of the project.
 */
export async function takeImageFile(
  ctx: ActionContext,
  projectId: string,
  fileName: string,
  body: Readable,
): Promise<TakenFile> {
  await requireProject(ctx, projectId, 'EDITOR');
  const { db, objects, config } = ctx.platform;
  const limit = config.limits.imageBytes;
  // Its size is not known: whether it fits turns out when it is completed.
  const refusal = new RoomTaker(await readImageRoom(db, projectId)).take(1);
  if (refusal) return { error: refusal };
  const name = fileName.replaceAll('\0', '\uFFFD').slice(0, 1024) || 'unnamed';
  const [upload] = await mappingConstraints(() =>
    db
      .insert(imageUploadTable)
      .values({ projectId, fileName: name, byteSize: limit, createdBy: ctx.viewer.userId, expiresAt: lifetime })
      .returning(),
  );
  const refuse = async (refusal: 'TOO_MANY_BYTES' | 'EMPTY', message: string) => {
    await db.delete(imageUploadTable).where(eq(imageUploadTable.id, upload!.id));
    return { error: new PictureRefusedError(refusal, name, message) };
  };
  let byteSize: number;
  try {
    byteSize = await objects.putStream(uploadKey(upload!), body, limit);
  } catch (error) {
    if (error instanceof ObjectTooLargeError)
      return refuse('TOO_MANY_BYTES', `it has more than the ${limit} bytes that are allowed.`);
    throw error;
  }
  if (byteSize === 0) {
    await objects.delete(uploadKey(upload!));
    return refuse('EMPTY', 'the file is empty.');
  }
  await db
    .update(imageUploadTable)
    .set({ byteSize, receivedAt: sql`now()` })
    .where(eq(imageUploadTable.id, upload!.id));
  const [completed] = await completeImageUploads(ctx, { uploadIds: [upload!.id] });
  return completed!;
}
