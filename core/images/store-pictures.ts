import type { NormalisedPicture } from '#engine/pictures/index.ts';
import { sql } from 'drizzle-orm';
import { changeProjectCounts, projectPrefix } from '../projects/project-row.ts';
import type { Transaction } from '../platform/database.ts';
import { abandonObjects } from '../platform/objects/abandoned-objects.ts';
import { mayDeleteObjects } from '../platform/objects/deletion-lock.ts';
import type { ObjectStore } from '../platform/objects/object-store.ts';
import type { Platform } from '../platform/platform.ts';
import { imageForms, imageKey, type Image } from './image-row.ts';
import { refreshStanding } from './image-standing.ts';
import { imageTable } from './table.ts';

/** A picture that is to become an image. */
export interface NewPicture {
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Of `bytes`. */
  readonly sha256: Buffer;
  readonly picture: NormalisedPicture;
  readonly group?: string | null;
}

/** Bytes before the rows: a row must never promise what is not there. Keys go by content, so a repeat writes the same. */
export async function storePictures(
  { objects }: Platform,
  projectId: string,
  pictures: readonly NewPicture[],
): Promise<void> {
  await objects.putMany(
    pictures.flatMap(({ sha256, bytes, picture }) => [
      { key: imageKey(projectId, sha256, 'original'), bytes },
      { key: imageKey(projectId, sha256, 'normalised'), bytes: picture.jpeg },
      { key: imageKey(projectId, sha256, 'thumbnail'), bytes: picture.thumbnail },
    ]),
  );
}

/** Bytes are deleted under the project's lock, which the caller holds: what is there now stays. */
export async function areStored({ objects }: Platform, projectId: string, sha256: Buffer): Promise<boolean> {
  const sizes = await Promise.all(imageForms.map((form) => objects.size(imageKey(projectId, sha256, form))));
  return sizes.every((size) => size !== undefined);
}

/** Deletes what was stored for a project that is not there any more; while a backup runs, which may copy it still, the sweep does later. */
export async function deletePictures(
  { db, objects }: Platform,
  projectId: string,
  digests: readonly Buffer[],
): Promise<void> {
  await db.transaction(async (tx) => {
    if (await mayDeleteObjects(tx)) await deleteForms(objects, projectId, digests);
    else await abandonObjects(tx, projectPrefix(projectId));
  });
}

async function deleteForms(objects: ObjectStore, projectId: string, digests: readonly Buffer[]): Promise<void> {
  for (const sha256 of digests) for (const form of imageForms) await objects.delete(imageKey(projectId, sha256, form));
}

/**
 * Of the bytes of these pictures deletes what no image needs; the caller holds the project's lock and, where it deletes images, has asked whether
 * objects may be deleted.
 */
export async function deleteUnusedPictures(
  tx: Transaction,
  { objects }: Platform,
  projectId: string,
  digests: readonly Buffer[],
): Promise<void> {
  if (digests.length > 0) await deleteForms(objects, projectId, await findUnused(tx, projectId, digests));
}

/** Of these digests those of which no image is left: neither a live one, nor one in the trash, nor one that a dataset version holds. */
async function findUnused(tx: Transaction, projectId: string, digests: readonly Buffer[]): Promise<Buffer[]> {
  const asked = digests.map((sha256) => sha256.toString('hex'));
  const rows = await tx.execute<{ sha256: Buffer }>(sql`
    select decode(hex, 'hex') as sha256 from unnest(${sql.param(asked)}::text[]) hex
    where not exists (select from image where project_id = ${projectId} and sha256 = decode(hex, 'hex') and deleted_at is null)
      and not exists (select from image where project_id = ${projectId} and sha256 = decode(hex, 'hex') and deleted_at is not null)`);
  return rows.map((row) => row.sha256);
}

/**
 * Makes images of pictures that are stored and new to the project, and moves its counts; the caller holds the project's lock and tells the counts.
 * Returns them in the order given.
 */
export async function insertImages(
  tx: Transaction,
  projectId: string,
  pictures: readonly NewPicture[],
  createdBy: string | null,
): Promise<Image[]> {
  if (pictures.length === 0) return [];
  const rows = await tx
    .insert(imageTable)
    .values(
      pictures.map(({ fileName, bytes, sha256, group, picture: { format, width, height, perceptualHash } }) => ({
        projectId,
        sha256,
        fileName,
        format,
        width,
        height,
        byteSize: bytes.byteLength,
        group: group ?? null,
        perceptualHash,
        createdBy,
      })),
    )
    .returning();
  await refreshStanding(
    tx,
    projectId,
    rows.map(({ id }) => id),
  );
  await changeProjectCounts(tx, projectId, { images: rows.length });
  return rows;
}
