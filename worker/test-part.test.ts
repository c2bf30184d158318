import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { imageKey } from '#core/images/image-row.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World } from '#test/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open({ worker: true });
});
afterAll(() => world.close());

test('a training never looks at the images of the test part', async () => {
  const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
  const { id } = await world.startTraining(project.id, { testRatio: 0.2, preference: 'PERFORMANCE_FIRST' });
  // Reading one would end it as UNREADABLE_IMAGES.
  const test = await world.platform.db.execute<{ sha256: Buffer }>(
    sql`select sha256 from dataset_version_image where split = 'TEST'`,
  );
  expect(test).toHaveLength(4);
  for (const { sha256 } of test)
    await world.platform.objects.delete(imageKey(project.id.replace('Project_', ''), sha256, 'normalised'));
  await collect(watchOverSse(world.admin, id));
  const { training } = await world.admin.ask(
    `query ($id: ID!) { training(id: $id) { state failure { code } datasetVersion { trainCount validationCount testCount }
      modelVersion { evaluation { split imageCount } } } }`,
    { id },
  );
  expect(training).toEqual({
    state: 'COMPLETED',
    failure: null,
    datasetVersion: { trainCount: 12, validationCount: 4, testCount: 4 },
    modelVersion: { evaluation: { split: 'VALIDATION', imageCount: 4 } },
  });
});
