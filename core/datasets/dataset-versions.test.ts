import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { World, type TestProject } from '#test/world.ts';

const start = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields}
  ... on Training { datasetVersion { id name seed trainRatio contentSha256 imageCount trainCount validationCount classes { classIndex labelId name color trainCount validationCount } } } } }`;

interface Version {
  readonly id: string;
  readonly contentSha256: string;
  readonly classes: readonly { readonly classIndex: number; readonly labelId: string; readonly name: string }[];
}

describe('dataset versions', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const publish = async (project: TestProject, config: object = {}): Promise<Version> => {
    const training = await world.admin.must(start, { input: { projectId: project.id, config } });
    return training.datasetVersion;
  };
  const annotate = (project: TestProject, imageId: string, label: number) =>
    world.annotate(project.id, [{ imageId, labelId: project.labels[label]!.id }]);
  const contentOf = async (version: Version) =>
    world.platform.db.execute<{ line: string }>(sql`
      select encode(held.sha256, 'hex') || chr(9) || string_agg(class.label_id::text, ',' order by class.class_index)
        || chr(9) || held.split || chr(10) as line
      from dataset_version_image held
        join dataset_version_label class on class.dataset_version_id = held.dataset_version_id
          and class.class_index = any (held.class_indexes)
      where held.dataset_version_id = ${version.id.replace('DatasetVersion_', '')}
      group by held.image_id, held.sha256, held.split`);

  test('have the digest that their images, labels and sides give', async () => {
    const version = await publish(await world.project({ labels: ['cat', 'dog'], images: 6 }));
    const lines = (await contentOf(version)).map((row) => row.line).sort();
    expect(lines).toHaveLength(12);
    expect(version.contentSha256).toBe(createHash('sha256').update(lines.join('')).digest('hex'));
  });

  test('hold every label of an image in a multi-label project, each image once', async () => {
    const project = await world.project({ labels: ['cat', 'dog', 'owl'], images: 6, type: 'MULTI_LABEL' });
    const both = project.imageIds[0]!.slice(0, 3);
    await world.annotate(
      project.id,
      both.map((imageId) => ({ imageId, addLabelIds: [project.labels[2]!.id, project.labels[1]!.id] })),
    );
    const version = await publish(project);
    const lines = (await contentOf(version)).map((row) => row.line).sort();
    expect(lines).toHaveLength(18);
    const all = project.labels.map(({ id }) => id.replace('Label_', '')).join(',');
    expect(lines.filter((line) => line.includes(`\t${all}\t`))).toHaveLength(3);
    expect(version.contentSha256).toBe(createHash('sha256').update(lines.join('')).digest('hex'));
    expect(version).toMatchObject({ imageCount: 18 });
    const counts = version.classes as readonly { trainCount?: number; validationCount?: number }[];
    expect(counts.map(({ trainCount, validationCount }) => trainCount! + validationCount!)).toEqual([6, 9, 9]);
    for (const { trainCount, validationCount } of counts)
      expect(Math.min(trainCount!, validationCount!)).toBeGreaterThan(0);
  });

  test('of equal content have equal digests, whatever happened between', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 6 });
    const first = await publish(project);
    const imageId = project.imageIds[0]![0]!;
    await annotate(project, imageId, 1);
    const second = await publish(project);
    await annotate(project, imageId, 0);
    const third = await publish(project);
    expect(second.contentSha256).not.toBe(first.contentSha256);
    expect(third.contentSha256).toBe(first.contentSha256);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });

  test('keep their split also under another seed and ratio, since images keep their sides', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const first = await publish(project, { seed: 1 });
    const second = await publish(project, { seed: 2, trainRatio: 0.9 });
    expect(second).toMatchObject({ seed: 2, trainRatio: 0.9, trainCount: 16, validationCount: 4 });
    expect(second.contentSha256).toBe(first.contentSha256);
  });

  test('of the same images in two projects are split by the seed alone', async () => {
    const sidesOf = async (seed: number) => {
      const version = await publish(await world.project({ labels: ['cat', 'dog'], images: 12 }), {
        seed,
        trainRatio: 0.5,
      });
      return (await contentOf(version))
        .map((row) => row.line.replace(/\t.*\t/, ' '))
        .sort()
        .join('');
    };
    const [one, same, other] = [await sidesOf(1), await sidesOf(1), await sidesOf(2)];
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  test('have their classes in label order, and keep names and colours of then', async () => {
    const project = await world.project({ labels: ['zebra', 'ape', 'unused', 'mole'], images: 5 });
    const unused = project.labels[2]!.id;
    for (const id of project.imageIds[2]!) await annotate(project, id, 3);
    const version = await publish(project);
    expect(version.classes.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'zebra'],
      [1, 'ape'],
      [2, 'mole'],
    ]);
    const label = `mutation ($id: ID!) { updateLabel(id: $id, input: { name: "renamed", color: "#123456" }) { ${userErrorFields} } }`;
    await world.admin.must(label, { id: project.labels[0]!.id });
    const remove = `mutation ($id: ID!) { deleteLabel(id: $id, policy: LABEL_AND_IMAGES) { ${userErrorFields} } }`;
    for (const id of [project.labels[1]!.id, unused]) await world.admin.must(remove, { id });
    const { datasetVersion } = await world.admin.ask(
      'query ($id: ID!) { datasetVersion(id: $id) { classes { classIndex labelId name color trainCount validationCount } } }',
      { id: version.id },
    );
    expect(datasetVersion.classes).toEqual(version.classes);
  });

  test('are listed newest first, page by page', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    for (let round = 0; round < 5; round++) await publish(project);
    const page = async (after: string | null) =>
      (
        await world.admin.ask(
          'query ($id: ID!, $after: String) { datasetVersions(projectId: $id, first: 2, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }',
          { id: project.id, after },
        )
      ).datasetVersions;
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo } = await page(after);
      names.push(...nodes.map((node: { name: string }) => node.name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(names).toEqual(['V005', 'V004', 'V003', 'V002', 'V001']);
  });

  test('step over a generated name that somebody has used already', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const named = (datasetVersionName?: string) =>
      world.admin.must(start, { input: { projectId: project.id, datasetVersionName } });
    await named('V002');
    expect((await named()).datasetVersion.name).toBe('V003');
    expect((await named()).datasetVersion.name).toBe('V004');
  });
});
