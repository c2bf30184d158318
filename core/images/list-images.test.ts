import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const list = `query ($projectId: ID!, $first: Int, $after: String, $filter: ImageFilter, $direction: OrderDirection) {
  images(projectId: $projectId, first: $first, after: $after, filter: $filter, direction: $direction) {
    nodes { id fileName isLabelled annotations { label { id } source confidence } } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

interface Node {
  readonly id: string;
  readonly isLabelled: boolean;
}

describe('listing images', () => {
  let world: World;
  let project: TestProject;
  /** All ids, oldest first. */
  let oldestFirst: string[];
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog'], images: 6 });
    const bare = await Promise.all([1, 2, 3].map((number) => drawPicture(5, number)));
    const unlabelled = await world.upload(
      project.id,
      bare.map((bytes) => ({ fileName: 'bare.jpg', bytes })),
    );
    oldestFirst = [...project.imageIds.flat(), ...unlabelled].sort();
    await world.project({ labels: ['cat'], images: 2 });
  });
  afterAll(() => world.close());

  const page = async (options: object = {}) =>
    (await world.admin.ask(list, { projectId: project.id, ...options })).images;
  const ids = async (options: object = {}): Promise<string[]> =>
    (await page(options)).nodes.map((node: Node) => node.id);

  test('goes from new to old unless it is told otherwise, and never leaves the project', async () => {
    expect(await ids()).toEqual(oldestFirst.toReversed());
    expect(await ids({ direction: 'DESC' })).toEqual(oldestFirst.toReversed());
    expect(await ids({ direction: 'ASC' })).toEqual(oldestFirst);
  });

  test.each(['ASC', 'DESC'])(
    'goes page by page %s, each image once, also when images come meanwhile',
    async (direction) => {
      const expected = direction === 'ASC' ? [...oldestFirst] : oldestFirst.toReversed();
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const images = await page({ first: 4, after, direction });
        seen.push(...images.nodes.map((node: Node) => node.id));
        expect(images.pageInfo.hasPreviousPage).toBe(after !== null);
        expect(images.edges.map((edge: { node: Node }) => edge.node.id)).toEqual(
          images.nodes.map((node: Node) => node.id),
        );
        if (after === null) {
          const [late] = await world.upload(project.id, [
            { fileName: 'late', bytes: await drawPicture(6, seen.length) },
          ]);
          if (direction === 'ASC') expected.push(late!);
          else expect(await ids({ first: 1 })).toEqual([late]);
        }
        if (!images.pageInfo.hasNextPage) break;
        after = images.pageInfo.endCursor;
      }
      expect(seen).toEqual(expected);
      oldestFirst = await ids({ direction: 'ASC', first: 100 });
    },
  );

  test('by isLabelled and by label', async () => {
    const labelled = project.imageIds.flat();
    expect(await ids({ filter: { isLabelled: true }, direction: 'ASC' })).toEqual(labelled.toSorted());
    const others = oldestFirst.filter((id) => !labelled.includes(id));
    expect(await ids({ filter: { isLabelled: false }, direction: 'ASC' })).toEqual(others);
    for (const [index, label] of project.labels.entries())
      expect(await ids({ filter: { labelId: label.id }, direction: 'ASC' })).toEqual(
        project.imageIds[index]!.toSorted(),
      );
    expect(await ids({ filter: { labelId: project.labels[0]!.id, isLabelled: false } })).toEqual([]);
    expect(await ids({ filter: { labelId: null, isLabelled: null } })).toHaveLength(oldestFirst.length);
  });

  test('by label page by page', async () => {
    const filter = { labelId: project.labels[1]!.id };
    const first = await page({ filter, first: 4 });
    const second = await page({ filter, first: 4, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map((node: Node) => node.id)).toEqual(
      project.imageIds[1]!.toSorted().toReversed(),
    );
    expect(second.pageInfo.hasNextPage).toBe(false);
    for (const node of first.nodes)
      expect(node.annotations).toEqual([{ label: { id: filter.labelId }, source: 'HUMAN', confidence: null }]);
  });

  test('by a label of another project, an unknown one or no label at all is empty', async () => {
    const other = await world.project({ labels: ['cat'], images: 1 });
    for (const labelId of [other.labels[0]!.id, 'Label_00000000-0000-7000-8000-000000000000', 'nonsense'])
      expect((await page({ filter: { labelId } })).nodes).toEqual([]);
  });

  test('through the project gives the same as the root field', async () => {
    const { project: answer } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { images(first: 100, direction: ASC) { nodes { id } } } }`,
      { id: project.id },
    );
    expect(answer.images.nodes.map((node: Node) => node.id)).toEqual(await ids({ direction: 'ASC', first: 100 }));
  });
});
