import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { World } from './world.ts';

/** Fails unless every count that the API shows of the project is the one that SQL counts in its rows. */
export async function expectExactCounts(world: World, projectId: string): Promise<void> {
  const { project } = await world.admin.ask(
    `query ($id: ID!) { project(id: $id) { imageCount labelledImageCount labels { id imageCount } } }`,
    { id: projectId },
  );
  const id = projectId.replace('Project_', '');
  const [counted] = await world.platform.db.execute<{ images: number; labelled: number; flagged: number }>(sql`
    select count(*)::int as images, count(*) filter (where is_labelled)::int as flagged,
      count(*) filter (where exists (select from annotation where image_id = image.id))::int as labelled
    from image where project_id = ${id} and deleted_at is null`);
  const labels = await world.platform.db.execute<{ id: string; count: number }>(sql`
    select 'Label_' || label.id as id, count(annotation.image_id)::int as count
    from label left join annotation on annotation.label_id = label.id
    where label.project_id = ${id} and label.deleted_at is null group by label.id order by label.id`);
  expect(project).toEqual({
    imageCount: counted!.images,
    labelledImageCount: counted!.labelled,
    labels: labels.map((label) => ({ id: label.id, imageCount: label.count })),
  });
  expect(counted!.flagged).toBe(counted!.labelled);
  const [bytes] = await world.platform.db.execute<{ maintained: string; counted: string }>(sql`
    select image_bytes as maintained, (select coalesce(sum(byte_size), 0) from image where project_id = ${id}) as counted
    from project where id = ${id}`);
  expect(bytes!.maintained).toBe(bytes!.counted);
}
