import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeImages } from '#test/made-images.ts';
import { World, type TestProject } from '#test/world.ts';

interface Node {
  readonly id: string;
  readonly fileName: string;
}
/** What the test knows of an image. */
interface Facts {
  readonly id: string;
  readonly fileName: string;
  readonly createdAt: number;
  readonly labelIds: readonly string[];
  readonly annotators: readonly string[];
  readonly uploader: string;
  readonly split: string | null;
  readonly group: string | null;
  readonly isAlike: boolean;
}

const list = `query ($projectId: ID!, $first: Int, $after: String, $filter: ImageFilter, $orderBy: ImageOrder, $direction: OrderDirection) {
  images(projectId: $projectId, first: $first, after: $after, filter: $filter, orderBy: $orderBy, direction: $direction) {
    totalCount nodes { id fileName } pageInfo { hasNextPage endCursor } } }`;
const bare = (id: string) => id.replace(/^[A-Za-z]+_/, '');

describe('filters of images', () => {
  let world: World;
  let project: TestProject;
  let users: string[];
  let facts: Facts[];
  const count = 90;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ type: 'MULTI_LABEL', labels: ['cat', 'dog', 'owl'] });
    await world.project({ labels: ['cat'], images: 1 });
    users = [(await world.user()).userId, (await world.user()).userId];
    const { db } = world.platform;
    const projectId = bare(project.id);
    const ids = await makeImages(world.platform, projectId, count);
    facts = ids.map((id, index) => ({
      id: `Image_${id}`,
      fileName: `${index % 2 ? 'Käfer' : 'kater'} ${(index * 37) % 50}${index % 3 ? '.JPG' : '%_.png'}`,
      createdAt: 0,
      labelIds: project.labels.filter((_, label) => index % (label + 2) === 0).map((label) => label.id),
      annotators: index % 5 === 0 ? [users[0]!] : [users[1]!],
      uploader: users[index % 3 === 0 ? 0 : 1]!,
      split: [null, 'TRAIN', 'VALIDATION', 'TRAIN'][index % 4]!,
      group: index % 7 === 0 ? `camera ${index % 2}` : null,
      isAlike: index % 10 === 3 && index < 60,
    }));
    for (const [index, fact] of facts.entries()) {
      await db.execute(sql`
        update image set file_name = ${fact.fileName}, created_by = ${bare(fact.uploader)}, group_key = ${fact.group},
          is_labelled = ${fact.labelIds.length > 0} where id = ${bare(fact.id)}`);
      for (const labelId of fact.labelIds)
        await db.execute(sql`
          insert into annotation (image_id, label_id, project_id, created_by)
          values (${bare(fact.id)}, ${bare(labelId)}, ${projectId}, ${bare(fact.annotators[0]!)})`);
      if (fact.split)
        await db.execute(sql`insert into image_standing values (${bare(fact.id)}, ${projectId}, ${fact.split})`);
      // Pairs of two: the second of each pair is like the first.
      if (index % 10 === 3)
        await db.execute(sql`
          insert into image_look (image_id, project_id, hash, bands, cluster_id) values (${bare(fact.id)}, ${projectId},
            ${'0'.repeat(256)}::bit(256), '{}', ${index < 60 ? ids[Math.floor(index / 20) * 20 + 3]! : ids[index]!})`);
    }
    await db.execute(sql`
      update label set image_count = (select count(*) from annotation where label_id = label.id) where project_id = ${projectId}`);
    await db.execute(sql`
      update project set labelled_image_count = (select count(*) from image where project_id = project.id and is_labelled) where id = ${projectId}`);
    const times = await db.execute<{ id: string; ms: string }>(sql`
      select id, extract(epoch from created_at) * 1000 as ms from image where project_id = ${projectId} order by id`);
    facts = facts.map((fact, index) => ({ ...fact, createdAt: Math.round(Number(times[index]!.ms)) }));
  });
  afterAll(() => world.close());

  /** All pages of so many. */
  const all = async (filter: object, options: object, first: number): Promise<string[]> => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { images }: { images: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await world.admin.ask(list, { projectId: project.id, filter, first, after, ...options });
      expect(images.nodes.length).toBeLessThanOrEqual(first);
      seen.push(...images.nodes.map(({ id }) => id));
      after = images.pageInfo.hasNextPage ? images.pageInfo.endCursor : null;
    } while (after !== null);
    return seen;
  };

  const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
  const index = fc.nat({ max: count - 1 });
  const filters = () =>
    fc.record({
      isLabelled: option(fc.boolean()),
      label: option(fc.nat({ max: 2 })),
      split: option(fc.constantFrom('TRAIN', 'VALIDATION', 'TEST')),
      group: option(fc.constantFrom('camera 0', 'camera 1', 'Camera 0')),
      fileNameContains: option(fc.constantFrom('KÄFER', 'kat', '1', '%_', '_', 'none', '.jpg')),
      uploader: option(fc.nat({ max: 1 })),
      annotator: option(fc.nat({ max: 1 })),
      after: option(index),
      before: option(index),
      hasNearDuplicates: option(fc.boolean()),
    });

  test('and orders, in any combination and page size, give what looking at every image gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters(),
        fc.constantFrom('UPLOADED_AT', 'FILE_NAME'),
        fc.constantFrom('ASC', 'DESC'),
        fc.constantFrom(3, 20, 100),
        async ({ label, uploader, annotator, after, before, ...same }, orderBy, direction, first) => {
          const labelId = label === undefined ? undefined : project.labels[label]!.id;
          const uploadedById = uploader === undefined ? undefined : users[uploader];
          const annotatedById = annotator === undefined ? undefined : users[annotator];
          const least = after === undefined ? undefined : facts[after]!.createdAt;
          const below = before === undefined ? undefined : facts[before]!.createdAt;
          const expected = facts.filter(
            (fact) =>
              (same.isLabelled === undefined || same.isLabelled === fact.labelIds.length > 0) &&
              (labelId === undefined || fact.labelIds.includes(labelId)) &&
              (same.split === undefined || same.split === fact.split) &&
              (same.group === undefined || same.group === fact.group) &&
              (same.fileNameContains === undefined ||
                fact.fileName.toLowerCase().includes(same.fileNameContains.toLowerCase())) &&
              (uploadedById === undefined || fact.uploader === uploadedById) &&
              (annotatedById === undefined || (fact.labelIds.length > 0 && fact.annotators.includes(annotatedById))) &&
              (least === undefined || fact.createdAt >= least) &&
              (below === undefined || fact.createdAt < below) &&
              (same.hasNearDuplicates === undefined || same.hasNearDuplicates === fact.isAlike),
          );
          const key = (fact: Facts) => (orderBy === 'FILE_NAME' ? fact.fileName.toLowerCase() : '');
          const sign = direction === 'ASC' ? 1 : -1;
          const byOrder = expected.toSorted((a, b) =>
            key(a) === key(b) ? (a.id < b.id ? -sign : sign) : Buffer.from(key(a)).compare(Buffer.from(key(b))) * sign,
          );
          const filter = {
            ...same,
            labelId,
            uploadedById,
            annotatedById,
            uploadedAfter: least === undefined ? undefined : new Date(least).toISOString(),
            uploadedBefore: below === undefined ? undefined : new Date(below).toISOString(),
          };
          expect(await all(filter, { orderBy, direction }, first)).toEqual(byOrder.map(({ id }) => id));
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  test('are counted where the count is maintained', async () => {
    const total = async (filter: object | null) =>
      (await world.admin.ask(list, { projectId: project.id, filter })).images.totalCount;
    const labelled = facts.filter(({ labelIds }) => labelIds.length > 0).length;
    const cats = facts.filter(({ labelIds }) => labelIds.includes(project.labels[0]!.id)).length;
    const labelId = project.labels[0]!.id;
    expect(await total(null)).toBe(count);
    expect(await total({ isLabelled: true })).toBe(labelled);
    expect(await total({ isLabelled: false })).toBe(count - labelled);
    expect(await total({ labelId })).toBe(cats);
    expect(await total({ labelId, isLabelled: true })).toBe(cats);
    expect(await total({ labelId, isLabelled: false })).toBe(0);
    expect(await total({ labelId: 'Label_00000000-0000-7000-8000-000000000000' })).toBe(0);
    expect(await total({ split: 'TRAIN' })).toBeNull();
    expect(await total({ labelId, group: 'camera 0' })).toBeNull();
  });

  test('that are wrong, and cursors of another order, are refused', async () => {
    const refused = async (variables: object) =>
      (await world.admin.raw(list, { projectId: project.id, ...variables })).body.errors?.[0]?.message;
    expect(await refused({ filter: { fileNameContains: '' } })).toContain('filter.fileNameContains: must not be empty');
    expect(await refused({ filter: { fileNameContains: 'x'.repeat(201) } })).toContain('at most 200');
    expect(await refused({ filter: { group: 'a\0' } })).toContain('NUL');
    const endOf = async (orderBy: string) =>
      (await world.admin.ask(list, { projectId: project.id, orderBy, first: 1 })).images.pageInfo.endCursor;
    const [byTime, byName] = [await endOf('UPLOADED_AT'), await endOf('FILE_NAME')];
    expect(await refused({ after: byName })).toContain('is not a cursor of this list');
    expect(await refused({ after: byTime, orderBy: 'FILE_NAME' })).toContain('is not a cursor of this list');
    expect(await refused({ after: byName, orderBy: 'FILE_NAME' })).toBeUndefined();
  });
});

describe('a filter whose conditions hardly ever meet', () => {
  let world: World;
  let project: TestProject;
  let ids: string[];
  beforeAll(async () => {
    world = await World.open();
    project = await world.project();
    ids = await makeImages(world.platform, bare(project.id), 11_000);
    // The oldest one alone.
    await world.platform.db.execute(sql`update image set file_name = 'Needle' where id = ${ids[0]!}`);
    await world.platform.db.execute(sql`
      update image set group_key = case when id < ${ids[5500]!} then 'old' else 'new' end where project_id = ${bare(project.id)}`);
    await world.platform.db.execute(sql`update image set created_by = (select id from app_user)`);
  });
  afterAll(() => world.close());

  test.each([
    ['newest first', {}, 3],
    ['by name from the end', { orderBy: 'FILE_NAME', direction: 'ASC' }, 3],
    [
      'by name in a group, whose names have an index of their own',
      { filter: { group: 'old', fileNameContains: 'needle' }, orderBy: 'FILE_NAME', direction: 'ASC' },
      2,
    ],
    ['with conditions that all have their index', { filter: { group: 'old', fileNameContains: 'needle' } }, 2],
  ])('is looked through in pages of bounded cost, %s', async (_name, options, pages) => {
    let after: string | null = null;
    const found: Node[] = [];
    for (let page = 1; ; page++) {
      const { images }: { images: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await world.admin.ask(list, {
          projectId: project.id,
          filter: { fileNameContains: 'needle' },
          after,
          ...options,
        });
      found.push(...images.nodes);
      expect(images.pageInfo.hasNextPage).toBe(page < pages);
      if (!images.pageInfo.hasNextPage) break;
      after = images.pageInfo.endCursor;
    }
    expect(found).toEqual([{ id: `Image_${ids[0]}`, fileName: 'Needle' }]);
  });
});
