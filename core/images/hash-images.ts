import { and, eq, isNull } from 'drizzle-orm';
import { perceptualHashOfJpeg } from '#engine/pictures/index.ts';
import { ObjectMissingError } from '../platform/objects/object-store.ts';
import type { Platform } from '../platform/platform.ts';
import { compareAgain, compareSoon } from './compare-images.ts';
import { imageKey } from './image-row.ts';
import { imageTable } from './table.ts';

/** Pictures hashed a call: about a second. */
export const hashedPerCall = 200;
/** libvips works in threads beside the event loop. */
const concurrency = 3;

/**
 * Computes what images of before there were perceptual hashes look like, oldest first, at most {@link hashedPerCall} of the project a call; new
 * images get their hash when they come. One whose bytes are gone or damaged gets an empty one, so that it is not tried again. Outside of
 * any transaction: pictures are decoded, and the project must not be locked meanwhile. Returns how many were done.
 */
export async function hashImages(platform: Platform, projectId: string): Promise<number> {
  const { db, objects } = platform;
  const pending = await db
    .select({ id: imageTable.id, sha256: imageTable.sha256 })
    .from(imageTable)
    .where(and(eq(imageTable.projectId, projectId), isNull(imageTable.deletedAt), isNull(imageTable.perceptualHash)))
    .orderBy(imageTable.id)
    .limit(hashedPerCall);
  const queue = pending.values();
  const work = async () => {
    for (const { id, sha256 } of queue) {
      const perceptualHash = await hashOf(() => objects.get(imageKey(projectId, sha256, 'normalised')));
      await db.update(imageTable).set({ perceptualHash }).where(eq(imageTable.id, id));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  if (pending.length > 0) {
    await compareAgain(
      db,
      projectId,
      pending.map(({ id }) => id),
    );
    compareSoon(platform);
  }
  return pending.length;
}

async function hashOf(load: () => Promise<Buffer>): Promise<Buffer> {
  let jpeg: Buffer;
  try {
    jpeg = await load();
  } catch (error) {
    if (error instanceof ObjectMissingError) return Buffer.alloc(0);
    throw error;
  }
  return perceptualHashOfJpeg(jpeg).catch(() => Buffer.alloc(0));
}
