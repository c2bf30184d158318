import { sql, getTableColumns } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import type { Image } from './image-row.ts';
import { imageTable } from './table.ts';

export const mostNearDuplicates = 20;

/** The first others of each image's cluster of near-duplicates, for a data loader: one list an image, in the order asked. */
export async function readNearDuplicates({ db }: Platform, imageIds: readonly string[]): Promise<Image[][]> {
  const found = sql`(
    select asked.id as like_id, alike.image_id from unnest(${sql.param([...imageIds])}::uuid[]) asked (id)
    join image_look look on look.image_id = asked.id cross join lateral (
      select image_id from image_look other join ${imageTable} on ${imageTable.id} = other.image_id
      where other.cluster_id = look.cluster_id and other.image_id <> asked.id and ${imageTable.deletedAt} is null
      order by other.image_id limit ${mostNearDuplicates}) alike) found`;
  const rows = await db
    .select({ image: getTableColumns(imageTable), likeId: sql<string>`found.like_id` })
    .from(imageTable)
    .innerJoin(found, sql`found.image_id = ${imageTable.id}`)
    .orderBy(imageTable.id);
  const alike = Map.groupBy(rows, ({ likeId }) => likeId);
  return imageIds.map((id) => (alike.get(id) ?? []).map(({ image }) => image));
}
