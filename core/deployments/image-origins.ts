import { inArray } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';
import { imageOriginTable } from './table.ts';

export type ImageOrigin = typeof imageOriginTable.$inferSelect;

/** Of images that were made of predictions, null for the others, in the order asked; callers have checked access. */
export async function readImageOrigins(db: Queryable, imageIds: readonly string[]): Promise<(ImageOrigin | null)[]> {
  const rows = await db
    .select()
    .from(imageOriginTable)
    .where(inArray(imageOriginTable.imageId, [...imageIds]));
  const byImage = new Map(rows.map((row) => [row.imageId, row]));
  return imageIds.map((id) => byImage.get(id) ?? null);
}
