import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { requireAdministrator } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { ConflictError, InvalidStateError, LimitExceededError, NotFoundError } from '../platform/errors.ts';
import { abandonObjects, deleteAbandonedObjects } from '../platform/objects/abandoned-objects.ts';
import { ObjectTooLargeError } from '../platform/objects/object-store.ts';
import { isUuid } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import { signGrant } from '../platform/signed-url.ts';
import { storableText, validate } from '../platform/validate.ts';
import type { BaseModelOffer } from './base-models.ts';
import { baseModelTable, baseModelUploadTable } from './table.ts';

export type BaseModelUpload = typeof baseModelUploadTable.$inferSelect;

const lifetimeSeconds = 6 * 60 * 60;
const triple = (least: number) => z.array(z.number().min(least).max(1)).length(3, 'must have three numbers');

const uploadInput = z.object({
  name: z
    .string()
    .max(64, 'must have at most 64 characters')
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  byteSize: z.number().int().min(1),
  licence: storableText().max(256, 'must have at most 256 characters').nullish(),
  size: z.number().int().min(8).max(2048).nullish(),
  mean: triple(0).nullish(),
  std: triple(0.001).nullish(),
  resize: z.enum(['cover', 'fill']).nullish(),
  output: storableText().max(256, 'must have at most 256 characters').nullish(),
});

export const uploadKey = (id: string): string => `base-model-uploads/${id}`;
/** Where the files of a base model lie that was made of an upload. */
export const objectPrefixOf = (id: string): string => `base-models/${id}/`;

/**
 * Announces an ONNX file that is to become a base model for all workers; gives the address for its bytes. Administrators.
 * @throws {ConflictError} when there is a base model of that name, or one on its way. @throws {LimitExceededError}
 */
export async function createBaseModelUpload(
  ctx: ActionContext,
  input: z.input<typeof uploadInput>,
): Promise<{ upload: BaseModelUpload; uploadUrl: string }> {
  requireAdministrator(ctx);
  const { name, byteSize, ...word } = validate(uploadInput, input);
  const { db, config, publicUrl, signingSecret } = ctx.platform;
  if (byteSize > config.limits.baseModelBytes)
    throw new LimitExceededError('Bytes of a base model', config.limits.baseModelBytes, byteSize);
  const expiresAt = new Date(Date.now() + lifetimeSeconds * 1000);
  const upload = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('base model upload'))`);
    const taken = await tx.$count(baseModelTable, eq(baseModelTable.name, name));
    const onItsWay = await tx.$count(
      baseModelUploadTable,
      and(
        eq(baseModelUploadTable.name, name),
        inArray(baseModelUploadTable.state, ['ANNOUNCED', 'QUEUED']),
        sql`${baseModelUploadTable.expiresAt} > now()`,
      ),
    );
    if (taken + onItsWay > 0) throw new ConflictError(`There is a base model named ${JSON.stringify(name)} already.`);
    const said = Object.fromEntries(Object.entries(word).filter(([, value]) => value != null));
    const [row] = await tx
      .insert(baseModelUploadTable)
      .values({ name, byteSize, word: said, createdBy: ctx.viewer.userId, expiresAt })
      .returning();
    return row!;
  });
  const query = signGrant(signingSecret, {
    verb: 'PUT',
    subject: uploadKey(upload.id),
    expires: Math.floor(expiresAt.getTime() / 1000),
  });
  return { upload, uploadUrl: `${publicUrl}/${uploadKey(upload.id)}?${query}` };
}

/**
 * Takes an uploaded base model away from all workers, with its files. Versions that were trained on it stay as they are; trainings that name it and
 * have not begun fail with `BASE_MODEL_UNUSABLE`. Administrators. @throws {NotFoundError} @throws {InvalidStateError} for those that ship or lie on
 * the disk of a worker.
 */
export async function deleteBaseModel(ctx: ActionContext, name: string): Promise<void> {
  requireAdministrator(ctx);
  await ctx.platform.db.transaction(async (tx) => {
    const [row] = await tx.select().from(baseModelTable).where(eq(baseModelTable.name, name)).for('update');
    if (!row) throw new NotFoundError('BaseModel', name);
    if (row.objectPrefix === null)
      throw new InvalidStateError(
        'Only uploaded base models can be deleted here; others are removed on the worker with `npm run exemplar -- models remove`.',
        row.source,
      );
    await abandonObjects(tx, row.objectPrefix);
    await tx.delete(baseModelTable).where(eq(baseModelTable.name, name));
  });
  await deleteAbandonedObjects(ctx.platform);
}

/** Newest first, the last hundred; none for others than administrators. */
export async function listBaseModelUploads(ctx: ActionContext): Promise<BaseModelUpload[]> {
  if (!ctx.viewer.isAdministrator) return [];
  return ctx.platform.db.select().from(baseModelUploadTable).orderBy(desc(baseModelUploadTable.id)).limit(100);
}

/**
 * Takes the bytes of an announced model and has a worker try it; the signed address was checked by the caller.
 * @throws {NotFoundError} @throws {InvalidStateError} when it was sent before, or other than announced.
 */
export async function receiveBaseModelUpload(platform: Platform, id: string, body: Readable): Promise<number> {
  const [upload] = isUuid(id)
    ? await platform.db.select().from(baseModelUploadTable).where(eq(baseModelUploadTable.id, id))
    : [];
  if (!upload) throw new NotFoundError('BaseModelUpload', id);
  if (upload.state !== 'ANNOUNCED') throw new InvalidStateError('The file was sent already.', upload.state);
  const wrongSize = (found: string) =>
    new InvalidStateError(
      `${found} bytes were sent; ${upload.byteSize} were announced. Send the file again.`,
      'ANNOUNCED',
    );
  let bytes: number;
  try {
    bytes = await platform.objects.putStream(uploadKey(id), body, upload.byteSize, { release: true });
  } catch (error) {
    throw error instanceof ObjectTooLargeError ? wrongSize('More') : error;
  }
  if (bytes !== upload.byteSize) {
    await platform.objects.delete(uploadKey(id));
    throw wrongSize(String(bytes));
  }
  await platform.db.transaction(async (tx) => {
    const queued = await tx
      .update(baseModelUploadTable)
      .set({ state: 'QUEUED' })
      .where(and(eq(baseModelUploadTable.id, id), eq(baseModelUploadTable.state, 'ANNOUNCED')))
      .returning({ id: baseModelUploadTable.id });
    if (queued.length > 0) await platform.queue.enqueueAdoption(tx, { uploadId: id });
  });
  return bytes;
}

/** The upload that a worker is to try; undefined when that was done. There is no viewer: the job was enqueued by one. */
export async function findQueuedUpload({ db }: Platform, id: string): Promise<BaseModelUpload | undefined> {
  const [upload] = await db
    .select()
    .from(baseModelUploadTable)
    .where(and(eq(baseModelUploadTable.id, id), eq(baseModelUploadTable.state, 'QUEUED')));
  return upload;
}

/** Ends a trial: the model is offered to all, or the reason for its refusal is kept. Of several workers the first counts. */
export async function endBaseModelUpload(
  platform: Platform,
  id: string,
  end: { readonly offer: BaseModelOffer } | { readonly message: string },
): Promise<void> {
  await platform.db.transaction(async (tx) => {
    const ended = await tx
      .update(baseModelUploadTable)
      .set('offer' in end ? { state: 'READY' } : { state: 'REFUSED', message: end.message })
      .where(and(eq(baseModelUploadTable.id, id), eq(baseModelUploadTable.state, 'QUEUED')))
      .returning({ id: baseModelUploadTable.id });
    if (ended.length === 0 || !('offer' in end)) return;
    const { sha256, ...offer } = end.offer;
    const made = await tx
      .insert(baseModelTable)
      .values({ ...offer, sha256: Buffer.from(sha256, 'hex'), objectPrefix: objectPrefixOf(id) })
      .onConflictDoNothing()
      .returning({ name: baseModelTable.name });
    // A worker has got one of that name into its models folder meanwhile.
    if (made.length === 0)
      await tx
        .update(baseModelUploadTable)
        .set({ state: 'REFUSED', message: `There is a base model named ${JSON.stringify(offer.name)} by now.` })
        .where(eq(baseModelUploadTable.id, id));
  });
  await platform.objects.delete(uploadKey(id));
}
