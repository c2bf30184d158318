import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject, requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import type { Database, Transaction } from '../platform/database.ts';
import { ObjectMissingError } from '../platform/objects/object-store.ts';
import { NotFoundError, PictureRefusedError, type QuotaExceededError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import { directUploadUrl, nextSeconds } from '../platform/object-url.ts';
import { signGrant } from '../platform/signed-url.ts';
import { validate } from '../platform/validate.ts';
import { readImageRoom, RoomTaker, type ImageRoom } from '../quotas/image-room.ts';
import { groupKey } from './set-image-split.ts';
import { imageUploadTable, type uploadOutcome } from './table.ts';

export type ImageUpload = typeof imageUploadTable.$inferSelect;
export type UploadOutcome = (typeof uploadOutcome.enumValues)[number];
export interface SignedImageUpload {
  readonly upload: ImageUpload;
  readonly uploadUrl: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export const maximumUploads = 100;
const uploadLifetimeSeconds = 6 * 60 * 60;

/** Under the project, so that deleting the project deletes what was sent and never completed. */
export const uploadKey = ({ projectId, id }: Pick<ImageUpload, 'projectId' | 'id'>): string =>
  `projects/${projectId}/uploads/${id}`;

/** A name is shown, never used as a path: anything but NUL (which PostgreSQL text cannot hold) is welcome. */
const fileName = z
  .string()
  .min(1)
  .max(1024)
  .transform((text) => text.replaceAll('\0', '\uFFFD'));

const createUploadsInput = z.object({
  projectId: z.string(),
  files: z
    .array(
      z.object({
        fileName,
        byteSize: z.number().int().min(0),
        sha256: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
          .nullish(),
        group: groupKey.nullish(),
      }),
    )
    .min(1, 'must hold at least one file')
    .max(maximumUploads, `must hold at most ${maximumUploads} files`),
});

export type CreatedUpload = SignedImageUpload | { readonly error: PictureRefusedError | QuotaExceededError };

/**
 * Announces files and gives a signed address for the bytes of each. A file past the size limit, or for which the project has no room, is refused
 * here already.
 */
export async function createImageUploads(
  ctx: ActionContext,
  input: z.input<typeof createUploadsInput>,
): Promise<CreatedUpload[]> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const { projectId, files } = validate(createUploadsInput, input);
  const { platform } = ctx;
  const { db, config, signingSecret, publicUrl } = platform;
  const room = new RoomTaker(await readUploadRoom(db, projectId));
  const refusals = files.map(
    (file) => refuseSize(file.fileName, file.byteSize, config.limits.imageBytes) ?? room.take(file.byteSize),
  );
  const accepted = files.filter((_, index) => !refusals[index]);
  const period = nextSeconds(uploadLifetimeSeconds);
  const expiresAt = new Date(period.until * 1000);
  const rows =
    accepted.length === 0
      ? []
      : await mappingConstraints(() =>
          db
            .insert(imageUploadTable)
            .values(
              accepted.map((file) => ({
                projectId,
                fileName: file.fileName,
                byteSize: file.byteSize,
                sha256: file.sha256 ? Buffer.from(file.sha256, 'hex') : null,
                group: file.group ?? null,
                createdBy: ctx.viewer.userId,
                expiresAt,
              })),
            )
            .returning(),
        );
  let next = 0;
  return refusals.map((error) => {
    if (error) return { error };
    const upload = rows[next++]!;
    const query = signGrant(signingSecret, { verb: 'PUT', subject: upload.id, expires: period.until });
    return {
      upload,
      uploadUrl:
        directUploadUrl(platform, uploadKey(upload), upload.byteSize, period) ??
        `${publicUrl}/uploads/${upload.id}?${query}`,
      headers: [{ name: 'content-type', value: 'application/octet-stream' }],
    };
  });
}

/** Without what is announced and under way, so that announcing alone cannot fill the store. */
async function readUploadRoom(db: Database, projectId: string): Promise<ImageRoom> {
  const room = await readImageRoom(db, projectId);
  if (room.bytes === Infinity) return room;
  const [row] = await db.execute<{ bytes: number }>(sql`
    select coalesce(sum(byte_size), 0)::float8 as bytes from image_upload
    where project_id = ${projectId} and completed_at is null`);
  return { ...room, bytes: room.bytes - row!.bytes };
}

function refuseSize(name: string, byteSize: number, limit: number): PictureRefusedError | undefined {
  if (byteSize === 0) return new PictureRefusedError('EMPTY', name, 'the file is empty.');
  if (byteSize > limit)
    return new PictureRefusedError('TOO_MANY_BYTES', name, `it has ${byteSize} bytes; at most ${limit} are allowed.`);
  return undefined;
}

/** The uploads of these ids in projects where the viewer has the role, by id; the others are missing. */
export async function readUploads(
  ctx: ActionContext,
  uploadIds: readonly string[],
): Promise<ReadonlyMap<string, ImageUpload>> {
  const ids = uploadIds.filter(isUuid);
  const rows = ids.length
    ? await ctx.platform.db.select().from(imageUploadTable).where(inArray(imageUploadTable.id, ids))
    : [];
  const visible = new Map<string, ImageUpload>();
  for (const projectId of new Set(rows.map((row) => row.projectId))) {
    try {
      await requireProjectOf(ctx, 'Upload', projectId, projectId, 'EDITOR');
    } catch (error) {
      if (error instanceof NotFoundError) continue;
      throw error;
    }
    for (const row of rows) if (row.projectId === projectId) visible.set(row.id, row);
  }
  return visible;
}

/**
 * The bytes of a received upload, checked against what was announced.
 * @throws {PictureRefusedError} NOT_RECEIVED, SIZE_MISMATCH or DIGEST_MISMATCH.
 */
export async function readUploadedBytes(
  platform: Platform,
  upload: ImageUpload,
): Promise<{ bytes: Buffer; sha256: Buffer }> {
  // Nobody tells us of what was sent to the store itself.
  const isExpected = upload.receivedAt !== null || platform.config.directStore !== undefined;
  const opened = isExpected ? await openOrNothing(platform, uploadKey(upload)) : undefined;
  if (!opened)
    throw new PictureRefusedError(
      'NOT_RECEIVED',
      upload.fileName,
      'its bytes have not been sent to the upload address.',
    );
  // Before a byte is read: no store is trusted to have kept to the size that was signed.
  if (opened.bytes !== upload.byteSize) {
    opened.stream.destroy();
    throw new PictureRefusedError(
      'SIZE_MISMATCH',
      upload.fileName,
      `${opened.bytes} bytes were sent; ${upload.byteSize} were announced.`,
    );
  }
  const bytes = await buffer(opened.stream);
  const sha256 = createHash('sha256').update(bytes).digest();
  if (upload.sha256 && !upload.sha256.equals(sha256))
    throw new PictureRefusedError(
      'DIGEST_MISMATCH',
      upload.fileName,
      'the SHA-256 of the bytes that arrived is not the one announced.',
    );
  return { bytes, sha256 };
}

async function openOrNothing(
  platform: Platform,
  key: string,
): Promise<{ stream: Readable; bytes: number } | undefined> {
  try {
    return await platform.objects.open(key);
  } catch (error) {
    if (error instanceof ObjectMissingError) return undefined;
    throw error;
  }
}

/** Marks the upload used, in the transaction that makes or finds its image. */
export async function markCompleted(
  tx: Transaction,
  uploadId: string,
  completion: { imageId: string; outcome: UploadOutcome },
): Promise<void> {
  await tx
    .update(imageUploadTable)
    .set({ completedAt: sql`now()`, ...completion })
    .where(eq(imageUploadTable.id, uploadId));
}

/** Deletes announced files whose time ran out, with what was sent of them; at most 1,000 a call. Returns how many. */
export async function deleteExpiredUploads(platform: Platform): Promise<number> {
  const rows = await platform.db.execute<{ id: string; project_id: string }>(sql`
    select id, project_id from image_upload where expires_at < now() - interval '1 hour' order by expires_at limit 1000`);
  for (const { id, project_id: projectId } of rows) {
    await platform.objects.delete(uploadKey({ projectId, id }));
    await platform.db.delete(imageUploadTable).where(eq(imageUploadTable.id, id));
  }
  return rows.length;
}
