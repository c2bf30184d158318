import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';

const fields = `isEqual imageCount differences { figure stored found } contradictingImageIds
  file { isUnchanged imageCount unreadableCount largestDifference isWithinTolerance }`;

describe('verifying a model version', () => {
  let world: World;
  let project: TestProject;
  const versions: Record<string, { id: string; evaluation: { imageCount: number } }> = {};
  beforeAll(async () => {
    world = await World.open({ worker: true });
    for (const type of ['SINGLE_LABEL', 'MULTI_LABEL']) {
      project = await world.project({ labels: ['circle', 'square', 'disc'], images: 12, type });
      const { id } = await world.startTraining(project.id, { preference: 'PERFORMANCE_FIRST', maxDurationMinutes: 6 });
      await collect(watchOverSse(world.admin, id));
      const { training } = await world.admin.ask(
        `query ($id: ID!) { training(id: $id) { modelVersion { id evaluation { imageCount } } } }`,
        { id },
      );
      versions[type] = training.modelVersion;
    }
  });
  afterAll(() => world.close());

  const verify = async (type: string, fromFile = false) =>
    (
      await world.admin.ask(
        `mutation ($id: ID!, $fromFile: Boolean) { verifyModelVersion(id: $id, fromFile: $fromFile) { ${userErrorFields} ... on ModelVerification { ${fields} } } }`,
        { id: versions[type]!.id, fromFile },
      )
    ).verifyModelVersion;
  const uuidOf = (type: string) => versions[type]!.id.replace('ModelVersion_', '');
  const change = async (statement: ReturnType<typeof sql>) => {
    expect(await world.platform.db.execute(statement)).not.toHaveLength(0);
  };

  test.each(['SINGLE_LABEL', 'MULTI_LABEL'])(
    'finds what was stored, from the answers and from the file: %s',
    async (type) => {
      const { imageCount } = versions[type]!.evaluation;
      const equal = { isEqual: true, imageCount, differences: [], contradictingImageIds: [] };
      expect(await verify(type)).toMatchObject({ ...equal, file: null });
      expect(await verify(type, true)).toMatchObject({
        ...equal,
        file: { isUnchanged: true, imageCount, unreadableCount: 0, isWithinTolerance: true },
      });
    },
  );

  test('names each figure that differs', async () => {
    const [before] = await world.platform.db.execute<{ accuracy: number }>(
      sql`select accuracy from evaluation where model_version_id = ${uuidOf('SINGLE_LABEL')}`,
    );
    const evaluation = sql`select id from evaluation where model_version_id = ${uuidOf('SINGLE_LABEL')}`;
    await change(sql`update evaluation set accuracy = 0.123 where id in (${evaluation}) returning id`);
    await change(
      sql`update class_statistics set support = support + 1 where evaluation_id in (${evaluation}) and class_index = 1 returning support`,
    );
    const found = await verify('SINGLE_LABEL');
    expect(found.isEqual).toBe(false);
    expect(found.differences.map(({ figure }: { figure: string }) => figure).sort()).toEqual([
      'accuracy',
      'classStatistics.1.support',
    ]);
    expect(found.differences.find(({ figure }: { figure: string }) => figure === 'accuracy')).toMatchObject({
      stored: 0.123,
      found: before!.accuracy,
    });
    await change(sql`update evaluation set accuracy = ${before!.accuracy} where id in (${evaluation}) returning id`);
    await change(
      sql`update class_statistics set support = support - 1 where evaluation_id in (${evaluation}) and class_index = 1 returning support`,
    );
    expect(await verify('SINGLE_LABEL')).toMatchObject({ isEqual: true });
  });

  test('names answers that contradict their probabilities, and notices that the file says otherwise', async () => {
    const evaluation = sql`select id from evaluation where model_version_id = ${uuidOf('MULTI_LABEL')}`;
    const [changed] = await world.platform.db.execute<{ image_id: string }>(
      sql`update prediction set probabilities = (select array_agg(1 - p order by place) from unnest(probabilities) with ordinality as each(p, place))
        where evaluation_id in (${evaluation}) and image_id = (select max(image_id::text)::uuid from prediction where evaluation_id in (${evaluation})) returning image_id`,
    );
    const found = await verify('MULTI_LABEL', true);
    expect(found).toMatchObject({ isEqual: false, file: { isUnchanged: true, isWithinTolerance: false } });
    expect(found.contradictingImageIds).toEqual([`Image_${changed!.image_id}`]);
  });

  test('notices another file, and images that are gone', async () => {
    const [row] = await world.platform.db.execute<{ key: string; project_id: string; sha256: Buffer }>(
      sql`select model_key as key, model_version.project_id, image.sha256 from model_version
        join evaluation on evaluation.model_version_id = model_version.id join prediction on prediction.evaluation_id = evaluation.id
        join image on image.id = prediction.image_id where model_version.id = ${uuidOf('SINGLE_LABEL')} limit 1`,
    );
    const { objects } = world.platform;
    await objects.delete(`projects/${row!.project_id}/images/${Buffer.from(row!.sha256).toString('hex')}/normalised`);
    expect(await verify('SINGLE_LABEL', true)).toMatchObject({
      isEqual: false,
      differences: [],
      file: { isUnchanged: true, unreadableCount: 1, isWithinTolerance: true },
    });
    const bytes = await objects.get(row!.key);
    await objects.put(row!.key, Buffer.concat([bytes, Buffer.from([0])]));
    expect(await verify('SINGLE_LABEL', true)).toMatchObject({
      isEqual: false,
      file: { isUnchanged: false, imageCount: 0 },
    });
  });

  test('is for those who may see the version', async () => {
    const stranger = await world.user();
    const document = `mutation ($id: ID!) { verifyModelVersion(id: $id) { ${userErrorFields} } }`;
    const answer = await stranger.ask(document, { id: versions['SINGLE_LABEL']!.id });
    expect(answer.verifyModelVersion.__typename).toBe('NotFoundError');
    const viewer = await world.user({ project, role: 'VIEWER' });
    const seen = await viewer.ask(document, { id: versions['MULTI_LABEL']!.id });
    expect(seen.verifyModelVersion.__typename).toBe('ModelVerification');
  });
});
