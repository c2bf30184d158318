import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { expectExactCounts } from '#test/counts.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const annotate = `mutation ($input: AnnotateImagesInput!) { annotateImages(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on AnnotateImagesPayload { project { labelledImageCount } results { __typename
    ... on AnnotatedImage { image { id isLabelled annotationRevision annotations { label { id } source } } }
    ... on AnnotationRefused { imageId error { ${userErrorFields} ... on StaleAnnotationError { imageId currentRevision } } } } } } }`;

describe('annotating images', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const tryAnnotate = async (projectId: string, annotations: readonly object[], client = world.admin) =>
    (await client.ask(annotate, { input: { projectId, annotations } })).annotateImages;
  /** A project with labels and unlabelled images. */
  const unlabelled = async (
    labels: readonly string[],
    count: number,
    type = 'SINGLE_LABEL',
  ): Promise<TestProject & { ids: string[] }> => {
    const project = await world.project({ labels, type });
    const files = await Promise.all(
      Array.from({ length: count }, async (_, index) => ({ fileName: `${index}`, bytes: await drawPicture(3, index) })),
    );
    return { ...project, ids: count > 0 ? await world.upload(project.id, files) : [] };
  };

  test('labels, relabels and unlabels, and each change counts one revision', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog'], 1);
    const [imageId] = ids;
    for (const [revision, labelId] of [labels[0]!.id, labels[1]!.id, labels[1]!.id, null, null].entries()) {
      const { project, results } = await tryAnnotate(id, [{ imageId, labelId, expectedRevision: revision }]);
      expect(results).toEqual([
        {
          __typename: 'AnnotatedImage',
          image: {
            id: imageId,
            isLabelled: labelId !== null,
            annotationRevision: revision + 1,
            annotations: labelId === null ? [] : [{ label: { id: labelId }, source: 'HUMAN' }],
          },
        },
      ]);
      expect(project.labelledImageCount).toBe(labelId === null ? 0 : 1);
      await expectExactCounts(world, id);
    }
  });

  test('what is wrong with one item spoils that item only, in the order asked', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog'], 6);
    const foreign = await world.project({ labels: ['cat'], images: 1 });
    const labelId = labels[0]!.id;
    await tryAnnotate(id, [{ imageId: ids[5], labelId }]);
    const unknown = randomUUID();
    const items = [
      { imageId: ids[0], labelId },
      { imageId: foreign.imageIds[0]![0], labelId },
      { imageId: `Image_${unknown}`, labelId },
      { imageId: 'nonsense', labelId },
      { imageId: labelId, labelId },
      { imageId: ids[1], labelId: foreign.labels[0]!.id },
      { imageId: ids[2], labelId: `Label_${unknown}` },
      { imageId: ids[3], labelId: 'x' },
      { imageId: ids[5], labelId: labels[1]!.id, expectedRevision: 0 },
      { imageId: ids[4], labelId, expectedRevision: 0 },
      // The UUID alone is no global id.
      { imageId: ids[0]!.replace('Image_', ''), labelId },
    ];
    const { results } = await tryAnnotate(id, items);
    const refusals = results.map(
      (result: { imageId?: string; error?: { code: string } }) => result.error?.code ?? 'DONE',
    );
    expect(refusals).toEqual([
      'DONE',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'STALE_ANNOTATION',
      'DONE',
      'NOT_FOUND',
    ]);
    for (const [index, result] of results.entries())
      expect(result.imageId ?? result.image.id).toBe(items[index]!.imageId);
    expect(results[8].error).toMatchObject({
      __typename: 'StaleAnnotationError',
      imageId: ids[5],
      currentRevision: 1,
      message: expect.stringContaining('revision 0'),
    });
    // A foreign thing answers exactly as one that does not exist.
    const tellTale = (message: string) => message.replace(/"[^"]+"/, '""');
    expect(tellTale(results[1].error.message)).toBe(tellTale(results[2].error.message));
    expect(tellTale(results[5].error.message)).toBe(tellTale(results[6].error.message));
    await expectExactCounts(world, id);
    await expectExactCounts(world, foreign.id);
  });

  test('takes 1 to 1,000 items, each image once', async () => {
    const { id, labels } = await unlabelled(['cat'], 0);
    const made = await world.platform.db.execute<{ id: string }>(sql`
      insert into image (project_id, sha256, file_name, format, width, height, byte_size)
      select ${id.replace('Project_', '')}, sha256(number::text::bytea), 'made', 'PNG', 1, 1, 1
      from generate_series(1, 1001) number returning 'Image_' || id as id`);
    await world.platform.db.execute(
      sql`update project set image_count = 1001 where id = ${id.replace('Project_', '')}`,
    );
    const items = made.map((row) => ({ imageId: row.id, labelId: labels[0]!.id }));
    const refused = { __typename: 'ValidationError', issues: [{ path: ['input', 'annotations'] }] };
    expect(await tryAnnotate(id, items)).toMatchObject(refused);
    expect(await tryAnnotate(id, [])).toMatchObject(refused);
    expect(await tryAnnotate(id, [items[0]!, items[0]!])).toMatchObject(refused);
    expect(await tryAnnotate(id, [{ ...items[0], expectedRevision: -1 }])).toMatchObject({
      issues: [{ path: ['input', 'annotations', '0', 'expectedRevision'] }],
    });
    const { results, project } = await tryAnnotate(id, items.slice(1));
    expect(results).toHaveLength(1000);
    expect(results.every((result: { __typename: string }) => result.__typename === 'AnnotatedImage')).toBe(true);
    expect(project.labelledImageCount).toBe(1000);
    await expectExactCounts(world, id);
  });

  test('of two who have seen the same revision one is told', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog'], 1);
    const both = await Promise.all(
      labels.map((label) => tryAnnotate(id, [{ imageId: ids[0], labelId: label.id, expectedRevision: 0 }])),
    );
    const kinds = both.map(({ results }) => results[0].__typename).sort();
    expect(kinds).toEqual(['AnnotatedImage', 'AnnotationRefused']);
    await expectExactCounts(world, id);
  });

  test('by many at once keeps every count exact, while images and labels are deleted too', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog', 'owl'], 24);
    await Promise.all([
      ...Array.from({ length: 16 }, (_, round) =>
        tryAnnotate(
          id,
          (round % 2 === 0 ? ids : ids.toReversed())
            .filter((_id, index) => index % 4 !== round % 4)
            .map((imageId, index) => ({ imageId, labelId: [...labels, { id: null }][(index + round) % 4]!.id })),
        ),
      ),
      deleteImages(id, ids.slice(0, 3)),
      deleteLabel(labels[2]!.id, 'LABEL_AND_IMAGES'),
    ]);
    await expectExactCounts(world, id);
  });

  test('can be read at any moment while their label is deleted', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `label ${index}`);
    const { id, labels, ids } = await unlabelled(names, 12);
    await tryAnnotate(
      id,
      ids.map((imageId, index) => ({ imageId, labelId: labels[index]!.id })),
    );
    const read = (imageId: string) =>
      world.admin.ask('query ($id: ID!) { image(id: $id) { annotations { label { name } } } }', { id: imageId });
    for (const [index, imageId] of ids.entries()) {
      const reads = Array.from({ length: 16 }, () => read(imageId));
      await deleteLabel(labels[index]!.id, 'LABEL_ONLY');
      for (const { image } of await Promise.all(reads))
        expect([[], [{ label: { name: names[index] } }]]).toContainEqual(image.annotations);
    }
  });

  const labelsOf = (result: { image: { annotations: { label: { id: string } }[] } }) =>
    result.image.annotations.map(({ label }) => label.id).sort();

  test('of a multi-label project sets, adds and takes away any of them', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog', 'owl'], 2, 'MULTI_LABEL');
    const [cat, dog, owl] = labels.map((label) => label.id) as [string, string, string];
    const [imageId, other] = ids;
    const steps: [object, string[]][] = [
      [{ labelIds: [dog, cat, dog] }, [cat, dog]],
      [{ addLabelIds: [owl, cat] }, [cat, dog, owl]],
      [{ removeLabelIds: [cat], addLabelIds: [] }, [dog, owl]],
      [{ removeLabelIds: [owl, cat], addLabelIds: [cat] }, [cat, dog]],
      [{ addLabelIds: [dog], removeLabelIds: [dog] }, [cat, dog]],
      [{ labelId: owl }, [owl]],
      [{ labelIds: [] }, []],
      [{ addLabelIds: [cat] }, [cat]],
      [{ labelId: null }, []],
    ];
    await tryAnnotate(id, [{ imageId: other, labelIds: [cat, owl] }]);
    for (const [revision, [change, expected]] of steps.entries()) {
      const { results, project } = await tryAnnotate(id, [{ imageId, expectedRevision: revision, ...change }]);
      expect(labelsOf(results[0])).toEqual([...expected].sort());
      expect(results[0].image).toMatchObject({ isLabelled: expected.length > 0, annotationRevision: revision + 1 });
      expect(project.labelledImageCount).toBe(expected.length > 0 ? 2 : 1);
      await expectExactCounts(world, id);
    }
  });

  test('adds to what others have said without taking it over', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog'], 1, 'MULTI_LABEL');
    await tryAnnotate(id, [{ imageId: ids[0], labelId: labels[0]!.id }]);
    const author = () =>
      world.platform.db.execute<{ label_id: string; created_at: string }>(
        sql`select label_id, created_at::text from annotation where image_id = ${ids[0]!.replace('Image_', '')} order by label_id`,
      );
    const [before] = await author();
    await tryAnnotate(id, [{ imageId: ids[0], addLabelIds: [labels[1]!.id] }]);
    const after = await author();
    expect(after).toHaveLength(2);
    expect(after[0]).toEqual(before);
  });

  test('refuses a second label in a single-label project, and labels said in two ways', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog'], 3);
    const both = labels.map((label) => label.id);
    await tryAnnotate(id, [{ imageId: ids[2], labelId: both[0] }]);
    const { results } = await tryAnnotate(id, [
      { imageId: ids[0], labelIds: both },
      { imageId: ids[1], labelIds: [both[0]] },
      { imageId: ids[2], addLabelIds: [both[1]] },
    ]);
    expect(results[0]).toMatchObject({ __typename: 'AnnotationRefused', error: { __typename: 'ValidationError' } });
    expect(labelsOf(results[1])).toEqual([both[0]]);
    expect(results[2].error.message).toContain('at most 1 label(s), not 2');
    await expectExactCounts(world, id);
    for (const item of [
      { labelId: both[0], labelIds: [both[0]] },
      { labelIds: [], removeLabelIds: [] },
      { labelId: both[0], addLabelIds: [] },
    ])
      expect(await tryAnnotate(id, [{ imageId: ids[0], ...item }])).toMatchObject({
        __typename: 'ValidationError',
        issues: [{ path: ['input', 'annotations', '0'] }],
      });
    const many = Array.from({ length: 101 }, () => both[0]);
    expect(await tryAnnotate(id, [{ imageId: ids[0], labelIds: many }])).toMatchObject({
      issues: [{ path: ['input', 'annotations', '0', 'labelIds'] }],
    });
  });

  test('of a deleted label: images that carry others stay', async () => {
    const { id, labels, ids } = await unlabelled(['cat', 'dog'], 3, 'MULTI_LABEL');
    const [cat, dog] = labels.map((label) => label.id) as [string, string];
    await tryAnnotate(id, [
      { imageId: ids[0], labelId: cat },
      { imageId: ids[1], labelIds: [cat, dog] },
      { imageId: ids[2], labelId: dog },
    ]);
    await deleteLabel(cat, 'LABEL_AND_IMAGES');
    await expectExactCounts(world, id);
    const { images } = await world.admin.ask(
      'query ($id: ID!) { images(projectId: $id, direction: ASC) { nodes { id annotations { label { id } } } } }',
      { id },
    );
    const left = ids.slice(1).map((each) => ({ id: each, annotations: [{ label: { id: dog } }] }));
    expect(images.nodes).toHaveLength(2);
    expect(images.nodes).toEqual(expect.arrayContaining(left));
    await deleteLabel(dog, 'LABEL_ONLY');
    await expectExactCounts(world, id);
  });

  test.each(['SINGLE_LABEL', 'MULTI_LABEL'])(
    'in any sequence with deletions keeps every count exact: %s',
    async (type) => {
      const image = fc.nat({ max: 7 });
      const label = fc.nat({ max: 3 });
      const step = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            annotate: fc.uniqueArray(fc.tuple(image, label), { selector: ([i]) => i, minLength: 1 }),
          }),
        },
        { weight: 1, arbitrary: fc.record({ deleteImages: fc.uniqueArray(image, { minLength: 1, maxLength: 2 }) }) },
        {
          weight: 1,
          arbitrary: fc.record({
            deleteLabel: fc.nat({ max: 2 }),
            policy: fc.constantFrom('LABEL_ONLY', 'LABEL_AND_IMAGES', 'LABEL_IMAGES_AND_SOURCE_FILES'),
          }),
        },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
          const { id, labels, ids } = await unlabelled(['a', 'b', 'c'], 8, type);
          for (const one of steps) {
            if ('annotate' in one)
              await tryAnnotate(
                id,
                one.annotate.map(([i, l]) => {
                  const labelId = labels[l]?.id ?? null;
                  if (type === 'SINGLE_LABEL' || labelId === null) return { imageId: ids[i], labelId };
                  // Image 0 loses labels, image 1 is said exactly, the others collect.
                  const way = ['removeLabelIds', 'labelIds'][i] ?? 'addLabelIds';
                  return { imageId: ids[i], [way]: [labelId] };
                }),
              );
            else if ('deleteImages' in one)
              await deleteImages(
                id,
                one.deleteImages.map((i) => ids[i]!),
              );
            else await deleteLabel(labels[one.deleteLabel]!.id, one.policy);
            await expectExactCounts(world, id);
          }
        }),
        { numRuns: 12 },
      );
    },
  );

  const deleteImages = (projectId: string, imageIds: readonly string[]) =>
    world.admin.must(`mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`, {
      input: { projectId, imageIds },
    });
  /** The label may be gone already. */
  const deleteLabel = (id: string, policy: string) =>
    world.admin.ask(
      `mutation ($id: ID!, $policy: LabelDeletePolicy) { deleteLabel(id: $id, policy: $policy) { ${userErrorFields} } }`,
      { id, policy },
    );
});
