import { sql } from 'drizzle-orm';
import type { Platform } from '#core/platform/platform.ts';

/**
 * Makes so many rows of images in a project, without files: as if they had been uploaded one a second up to now, named `image 1.jpg` and so on. Returns
 * their ids, oldest first.
 */
export async function makeImages({ db }: Platform, projectId: string, count: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with made as (
      insert into image (id, project_id, sha256, file_name, format, width, height, byte_size, created_at)
      select uuidv7(make_interval(secs => number - ${count})), ${projectId}, sha256((${projectId} || number)::bytea),
        'image ' || number || '.jpg', 'jpeg', 640, 480, 1000, clock_timestamp() + make_interval(secs => number - ${count})
      from generate_series(1, ${count}::int) number returning id),
    counted as (update project set image_count = image_count + ${count} where id = ${projectId})
    select id from made order by id`);
  return rows.map(({ id }) => id);
}
