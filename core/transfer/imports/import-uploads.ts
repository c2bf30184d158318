import type { Readable } from 'node:stream';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../../access/project-access.ts';
import type { ActionContext } from '../../access/viewer.ts';
import { anyOf } from '../../platform/any-of.ts';
import type { Queryable } from '../../platform/database.ts';
import { InvalidStateError, LimitExceededError, NotFoundError } from '../../platform/errors.ts';
import { ObjectTooLargeError } from '../../platform/objects/object-store.ts';
import { directUploadUrl, nextSeconds } from '../../platform/object-url.ts';
import { isUuid } from '../../platform/page.ts';
import type { Platform } from '../../platform/platform.ts';
import { signGrant } from '../../platform/signed-url.ts';
import { storableText, validate } from '../../platform/validate.ts';
import { mappingConstraints } from '../../platform/constraint-errors.ts';
import { importUploadTable } from '../table.ts';

export type ImportUpload = typeof importUploadTable.$inferSelect;

/** From its announcement: to send it, and to import it. */
const lifetimeSeconds = 24 * 60 * 60;

const uploadInput = z.object({
  projectId: z.string(),
  fileName: storableText().min(1, 'must not be empty').max(1024, 'must have at most 1024 characters'),
  byteSize: z.number().int().min(1),
});

/** What the signed address of an upload is about: no address of another kind can be used for it. */
export const importUploadSubject = (id: string): string => `import-uploads/${id}`;
export const importUploadKey = ({ projectId, id }: Pick<ImportUpload, 'projectId' | 'id'>): string =>
  `projects/${projectId}/import-uploads/${id}`;

/** Announces an archive or a document of labels; gives the address for its bytes. Editors. @throws {LimitExceededError} */
export async function createImportUpload(
  ctx: ActionContext,
  input: z.input<typeof uploadInput>,
): Promise<{ upload: ImportUpload; uploadUrl: string }> {
  await requireProject(ctx, input.projectId, 'EDITOR');
  const values = validate(uploadInput, input);
  const { platform } = ctx;
  const { db, config, publicUrl, signingSecret } = platform;
  const limit = config.limits.importBytes;
  if (values.byteSize > limit) throw new LimitExceededError('Bytes of a file to import', limit, values.byteSize);
  const period = nextSeconds(lifetimeSeconds);
  const expiresAt = new Date(period.until * 1000);
  const [upload] = await mappingConstraints(() =>
    db
      .insert(importUploadTable)
      .values({ ...values, createdBy: ctx.viewer.userId, expiresAt })
      .returning(),
  );
  const subject = importUploadSubject(upload!.id);
  const query = signGrant(signingSecret, { verb: 'PUT', subject, expires: period.until });
  const direct = directUploadUrl(platform, importUploadKey(upload!), values.byteSize, period);
  return { upload: upload!, uploadUrl: direct ?? `${publicUrl}/${subject}?${query}` };
}

/**
 * Takes the bytes of an announced file; the signed address was checked by the caller. Sending again replaces what was sent.
 * @throws {NotFoundError} {InvalidStateError} when other than the announced number of bytes comes.
 */
export async function receiveImportUpload(platform: Platform, id: string, body: Readable): Promise<number> {
  const [upload] = isUuid(id)
    ? await platform.db.select().from(importUploadTable).where(eq(importUploadTable.id, id))
    : [];
  if (!upload) throw new NotFoundError('ImportUpload', id);
  const key = importUploadKey(upload);
  const wrongSize = (found: string) =>
    new InvalidStateError(
      `${found} bytes were sent; ${upload.byteSize} were announced. Send the file again.`,
      'ANNOUNCED',
    );
  let bytes: number;
  try {
    bytes = await platform.objects.putStream(key, body, upload.byteSize, { release: true });
  } catch (error) {
    throw error instanceof ObjectTooLargeError ? wrongSize('More') : error;
  }
  const marked =
    bytes === upload.byteSize
      ? await platform.db
          .update(importUploadTable)
          .set({ receivedAt: sql`now()` })
          .where(eq(importUploadTable.id, id))
          .returning({ id: importUploadTable.id })
      : undefined;
  if (marked?.length) return bytes;
  await platform.objects.delete(key);
  // The project was deleted, or the time of the upload ran out, while the bytes came: they are not kept.
  throw marked ? new NotFoundError('ImportUpload', id) : wrongSize(String(bytes));
}

/**
 * Marks those of the uploads received whose bytes have been sent to the store itself, which tells nobody: all of them are there, for the address takes
 * no other number.
 */
export async function receiveDirectUploads(
  { db, config, objects }: Platform,
  projectId: string,
  uploadIds: readonly string[],
): Promise<void> {
  if (!config.directStore) return;
  const { id, receivedAt } = importUploadTable;
  const waiting = await db
    .select()
    .from(importUploadTable)
    .where(and(eq(importUploadTable.projectId, projectId), isNull(receivedAt), anyOf(id, uploadIds.filter(isUuid))));
  for (const upload of waiting)
    if ((await objects.size(importUploadKey(upload))) === upload.byteSize)
      await db
        .update(importUploadTable)
        .set({ receivedAt: sql`now()` })
        .where(eq(id, upload.id));
}

/** The uploads of the project in the order asked. @throws {NotFoundError} {InvalidStateError} when the bytes of one are not there yet. */
export async function readImportUploads(
  { db }: { readonly db: Queryable },
  projectId: string,
  uploadIds: readonly string[],
): Promise<ImportUpload[]> {
  const rows = await db
    .select()
    .from(importUploadTable)
    .where(and(eq(importUploadTable.projectId, projectId), anyOf(importUploadTable.id, uploadIds.filter(isUuid))));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return uploadIds.map((id) => {
    const upload = byId.get(id);
    if (!upload) throw new NotFoundError('ImportUpload', id);
    if (!upload.receivedAt)
      throw new InvalidStateError(
        `The bytes of ${JSON.stringify(upload.fileName)} have not been sent to the upload address.`,
        'ANNOUNCED',
      );
    return upload;
  });
}

/** Deletes files whose time ran out an hour ago, since the last may still be on their way, and that no import is working on; at most 100 a call. Returns how many. */
export async function deleteExpiredImportUploads(platform: Platform): Promise<number> {
  const rows = await platform.db.execute<{ id: string; project_id: string }>(sql`
    select id, project_id from import_upload
    where expires_at < now() - interval '1 hour' and not exists (
      select from transfer where transfer.project_id = import_upload.project_id and state in ('QUEUED', 'RUNNING')
        and input -> 'uploadIds' ? import_upload.id::text)
    order by expires_at limit 100`);
  for (const { id, project_id: projectId } of rows) {
    await platform.objects.delete(importUploadKey({ projectId, id }));
    await platform.db.delete(importUploadTable).where(eq(importUploadTable.id, id));
  }
  return rows.length;
}
