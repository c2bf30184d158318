import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';

/**
 * Says again where images of the project stand: by the override of a person, else where the last dataset version put their picture, else nowhere.
 * To be called when either has changed; the caller holds the project's lock.
 */
export async function refreshStanding(tx: Transaction, projectId: string, imageIds: readonly string[]): Promise<void> {
  const ids = sql`${sql.param([...imageIds])}::uuid[]`;
  await tx.execute(sql`
    with standing as materialized (
      select image.id, coalesce(image.split_override, assigned.split) as split from unnest(${ids}) asked (id)
      join image on image.id = asked.id
      left join split_assignment assigned on assigned.project_id = image.project_id and assigned.sha256 = image.sha256
        and image.split_override is null),
    nowhere as (delete from image_standing where image_id in (select id from standing where split is null))
    insert into image_standing (image_id, project_id, split)
    select id, ${projectId}, split from standing where split is not null
    on conflict (image_id) do update set split = excluded.split where image_standing.split <> excluded.split`);
}
