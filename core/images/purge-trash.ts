import { eq, sql } from 'drizzle-orm';
import { deleteLabelRow, findExpiredLabels } from '../labels/label-trash.ts';
import type { Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import { mayDeleteObjects } from '../platform/objects/deletion-lock.ts';
import type { Platform } from '../platform/platform.ts';
import { lockProject } from '../projects/project-row.ts';
import { isExpired } from '../projects/trash.ts';
import { deleteUnusedPictures } from './store-pictures.ts';
import { imageTable, trashedAnnotationTable } from './table.ts';

/** Images a transaction, each with three files; the project is locked meanwhile. */
const imagesPerBatch = 200;
const annotationsPerBatch = 5000;

/** Deletes the first of what has expired in the project now, and the rest in the background. */
export async function purgeSoon(platform: Platform, projectId: string): Promise<void> {
  if (await purgeBatch(platform, projectId))
    platform.background.start('purge trash', (signal) => purgeTrash(platform, signal));
}

/**
 * Deletes for good what has been in the trash for long enough, or was in one that was emptied: rows, and files that nothing else needs. Batch by
 * batch, of all projects; safe to repeat and to run on several servers at once. While a backup runs everything stays.
 */
export async function purgeTrash(platform: Platform, signal?: AbortSignal): Promise<void> {
  for (const projectId of await findProjectsWithExpired(platform))
    do if (signal?.aborted) return;
    while (await purgeBatch(platform, projectId));
}

async function findProjectsWithExpired({ db }: Platform): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from project where
      exists (select from image where project_id = project.id and expires_at is not null and deleted_at <= trash_emptied_at)
      or exists (select from label where project_id = project.id and expires_at is not null and deleted_at <= trash_emptied_at)
    union select project_id from image where expires_at is not null and expires_at <= now()
    union select project_id from label where expires_at is not null and expires_at <= now()`);
  return rows.map(({ id }) => id);
}

/** One batch of the project. Returns whether there may be more. */
export async function purgeBatch(platform: Platform, projectId: string): Promise<boolean> {
  try {
    return await platform.db.transaction(async (tx) => {
      if (!(await mayDeleteObjects(tx))) return false;
      await lockProject(tx, projectId);
      return (await purgeImages(platform, tx, projectId)) || (await purgeLabels(tx, projectId));
    });
  } catch (error) {
    // The project was deleted meanwhile, with all that it held.
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/**
 * Under the project's lock, as images are made and restored: between the question who needs the bytes and their deletion nobody can bring the
 * same picture back. An image that a dataset version holds keeps its row, out of everybody's sight, and with it its bytes.
 */
async function purgeImages(platform: Platform, tx: Transaction, projectId: string): Promise<boolean> {
  const expired = sql`select id from image where project_id = ${projectId} and ${isExpired(imageTable, projectId)}
    limit ${imagesPerBatch}`;
  const rows = await tx.execute<{ id: string; is_held: boolean; sha256: Buffer }>(sql`
    select id, sha256, exists (select from dataset_version_image held where held.image_id = image.id offset 0) as is_held
    from image where id in (${expired})`);
  if (rows.length === 0) return false;
  const idsOf = (isHeld: boolean) => sql.param(rows.filter((row) => row.is_held === isHeld).map(({ id }) => id));
  await tx.execute(sql`delete from trashed_annotation where image_id = any(${idsOf(true)}::uuid[])`);
  await tx.execute(sql`update image set expires_at = null where id = any(${idsOf(true)}::uuid[])`);
  await tx.execute(sql`delete from image where id = any(${idsOf(false)}::uuid[])`);
  const digests = rows.filter((row) => !row.is_held).map(({ sha256 }) => sha256);
  await deleteUnusedPictures(tx, platform, projectId, digests);
  return rows.length === imagesPerBatch;
}

async function purgeLabels(tx: Transaction, projectId: string): Promise<boolean> {
  const [labelId] = await findExpiredLabels(tx, projectId, 1);
  if (!labelId) return false;
  const gone = await tx.execute(sql`
    delete from trashed_annotation where (image_id, label_id) in (
      select image_id, label_id from ${trashedAnnotationTable} where ${eq(trashedAnnotationTable.labelId, labelId)}
      limit ${annotationsPerBatch})
    returning 1`);
  if (gone.length < annotationsPerBatch) await deleteLabelRow(tx, labelId);
  return true;
}
