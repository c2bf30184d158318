import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';
import { readAllLabels } from '../labels/label-row.ts';
import { applyDatasetChanges, type EntryChange } from './apply-dataset-changes.ts';
import { contentDigest, type DatasetEntry } from './content-digest.ts';
import type { DatasetVersion } from './dataset-versions.ts';
import { splitNames, type SplitName } from './split-plan.ts';
import { storeDatasetVersion } from './store-dataset-version.ts';

const diffQuery = `query ($from: ID!, $to: ID!) { datasetVersionDiff(fromId: $from, toId: $to) {
  from { name } to { name } addedCount removedCount relabelledCount movedCount
  classes { labelId before { name trainCount validationCount testCount } after { name trainCount validationCount testCount } } } }`;
const changesQuery = `query ($from: ID!, $to: ID!, $kind: DatasetChangeKind!, $after: String) { datasetVersionDiff(fromId: $from, toId: $to) {
  changes(kind: $kind, first: 3, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    imageId sha256 annotatedById annotatedByName before { split labels { labelId } } after { split labels { labelId } } } } } }`;
const kinds = {
  ADDED: 'addedCount',
  REMOVED: 'removedCount',
  RELABELLED: 'relabelledCount',
  MOVED: 'movedCount',
} as const;

interface Change {
  readonly imageId: string;
  readonly sha256: string;
  readonly annotatedById: string | null;
  readonly annotatedByName: string | null;
  readonly before: { readonly split: SplitName; readonly labels: readonly { labelId: string }[] } | null;
  readonly after: { readonly split: SplitName; readonly labels: readonly { labelId: string }[] } | null;
}
/** Of each of twelve pictures the labels it carries and its side; nothing = it is not in the version. */
type Content = readonly ({ readonly labels: readonly number[]; readonly split: SplitName } | undefined)[];
const content = fc.array(
  fc.option(
    fc.record({
      labels: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1 }).map((labels) => labels.toSorted((a, b) => a - b)),
      split: fc.constantFrom(...splitNames),
    }),
    { nil: undefined },
  ),
  { minLength: 12, maxLength: 12 },
);

describe('the difference of two dataset versions', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const summary = async (from: string, to: string) =>
    (await world.admin.ask(diffQuery, { from, to })).datasetVersionDiff;
  const changes = async (from: string, to: string, kind: string): Promise<Change[]> => {
    const all: Change[] = [];
    for (let after: string | null = null, more = true; more;) {
      const answer = await world.admin.ask(changesQuery, { from, to, kind, after });
      const { nodes, pageInfo } = answer.datasetVersionDiff.changes;
      all.push(...nodes);
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    return all;
  };
  const toEntry = (held: Change['after']) =>
    held && { split: held.split, labelIds: held.labels.map(({ labelId }) => labelId.replace('Label_', '')) };
  const publish = async (project: TestProject): Promise<string> => {
    const { datasetVersion } = await world.admin.must(
      `mutation ($id: ID!) { publishDatasetVersion(input: { projectId: $id }) { ${userErrorFields} ... on PublishedDatasetVersion { datasetVersion { id } } } }`,
      { id: project.id },
    );
    return datasetVersion.id;
  };

  test('made to the one gives the other, whatever they hold', async () => {
    const project = await world.project({ labels: ['a', 'b', 'c', 'd'], type: 'MULTI_LABEL' });
    const projectId = project.id.replace('Project_', '');
    const { viewer } = await world.admin.ask('{ viewer { user { id } } }');
    const userId = viewer.user.id.replace('User_', '');
    const labels = await readAllLabels(world.platform.db, projectId);
    // The image of a picture may be another one in each version: it was deleted and uploaded again.
    const idOf = (picture: number, version: number) =>
      `00000000-0000-7000-8000-${String(picture * 10 + (picture % 3 === 0 ? version : 0)).padStart(12, '0')}`;
    const store = async (
      held: Content,
      version: number,
    ): Promise<{ version: DatasetVersion; entries: DatasetEntry[] }> => {
      const used = labels.filter((_, index) => held.some((item) => item?.labels.includes(index)));
      const images = held.flatMap((item, picture) =>
        item
          ? [
              {
                imageId: idOf(picture, version),
                sha256: createHash('sha256').update(String(picture)).digest(),
                classIndexes: item.labels.map((index) => used.indexOf(labels[index]!)),
                split: item.split,
                annotatedBy: null,
              },
            ]
          : [],
      );
      const facts = { projectId, name: world.name('V'), trainRatio: 0.8, testRatio: 0, seed: 0, createdBy: userId };
      const classes = used.map((label) => ({ label, trainCount: 0, validationCount: 0, testCount: 0 }));
      const stored = await world.platform.db.transaction((tx) => storeDatasetVersion(tx, facts, { classes, images }));
      const entries = images.map(({ sha256, classIndexes, split }) => ({
        sha256: sha256.toString('hex'),
        labelIds: classIndexes.map((index) => used[index]!.id),
        split,
      }));
      return { version: stored, entries };
    };
    await fc.assert(
      fc.asyncProperty(content, content, async (first, second) => {
        const [one, other] = [await store(first, 1), await store(second, 2)];
        const ids = [one, other].map(({ version }) => `DatasetVersion_${version.id}`);
        const all: EntryChange[] = [];
        const counts = await summary(ids[0]!, ids[1]!);
        for (const [kind, count] of Object.entries(kinds)) {
          const list = await changes(ids[0]!, ids[1]!, kind);
          expect(counts[count]).toBe(list.length);
          expect(list.map(({ imageId }) => imageId)).toEqual(list.map(({ imageId }) => imageId).toSorted());
          for (const { sha256, before, after } of list)
            all.push({ sha256, before: toEntry(before), after: toEntry(after) });
        }
        expect(contentDigest(applyDatasetChanges(one.entries, all))).toEqual(other.version.contentSha256);
        // And back again.
        const reversed = all.map(({ sha256, before, after }) => ({ sha256, before: after, after: before }));
        expect(contentDigest(applyDatasetChanges(other.entries, reversed))).toEqual(one.version.contentSha256);
        // Nothing is told that did not change.
        const told = new Set(all.map(({ sha256 }) => sha256));
        const lines = ({ entries }: { entries: DatasetEntry[] }) =>
          new Map(entries.map((entry) => [entry.sha256, JSON.stringify(entry)]));
        const [before, after] = [lines(one), lines(other)];
        const really = [...new Set([...before.keys(), ...after.keys()])].filter(
          (sha256) => before.get(sha256) !== after.get(sha256),
        );
        expect([...told].sort()).toEqual(really.sort());
      }),
      { numRuns: 25 },
    );
  });

  test('tells what was added, removed, relabelled by whom, and moved, and the counts of each class', async () => {
    const project = await world.project({ labels: ['cat', 'dog', 'owl'], images: 4 });
    const [cats, dogs, owls] = project.imageIds;
    const from = await publish(project);
    const labeller = await world.user({ project, role: 'LABELLER' });
    await world.annotate(project.id, [{ imageId: cats![0], labelId: project.labels[1]!.id }], labeller);
    const { db } = world.platform;
    const [row] = await db.execute<{ split: string }>(
      sql`select split from dataset_version_image where dataset_version_id = ${from.replace('DatasetVersion_', '')} and image_id = ${cats![1]!.replace('Image_', '')}`,
    );
    const other = row!.split === 'TRAIN' ? 'VALIDATION' : 'TRAIN';
    await world.admin.must(
      `mutation ($input: SetImageSplitInput!) { setImageSplit(input: $input) { ${userErrorFields} } }`,
      { input: { projectId: project.id, imageIds: [cats![1]], split: other } },
    );
    await world.admin.must(
      `mutation ($id: ID!) { deleteLabel(id: $id, policy: LABEL_AND_IMAGES) { ${userErrorFields} } }`,
      {
        id: project.labels[2]!.id,
      },
    );
    const [added] = await world.upload(project.id, [{ fileName: 'new', bytes: await drawPicture(0, 900) }]);
    await world.annotate(project.id, [{ imageId: added, labelId: project.labels[1]!.id }]);
    const to = await publish(project);

    const told = await summary(from, to);
    expect(told).toMatchObject({
      from: { name: 'V001' },
      to: { name: 'V002' },
      addedCount: 1,
      removedCount: 4,
      relabelledCount: 1,
    });
    const sizes = told.classes.map((item: Record<string, Record<string, number> | null>) =>
      ['before', 'after'].map((side) => {
        const counts = item[side];
        return counts && counts['trainCount']! + counts['validationCount']! + counts['testCount']!;
      }),
    );
    expect(sizes).toEqual([
      [4, 3],
      [4, 6],
      [4, null],
    ]);
    expect((await changes(from, to, 'ADDED')).map(({ imageId, before }) => [imageId, before])).toEqual([[added, null]]);
    expect((await changes(from, to, 'REMOVED')).map(({ imageId }) => imageId)).toEqual(owls!.toSorted());
    expect(await changes(from, to, 'RELABELLED')).toMatchObject([
      {
        imageId: cats![0],
        before: { labels: [{ labelId: project.labels[0]!.id }] },
        after: { labels: [{ labelId: project.labels[1]!.id }] },
        annotatedById: labeller.userId,
        annotatedByName: expect.stringContaining('user'),
      },
    ]);
    const moved = await changes(from, to, 'MOVED');
    expect(moved).toContainEqual(
      expect.objectContaining({
        imageId: cats![1],
        before: expect.objectContaining({ split: row!.split }),
        after: expect.objectContaining({ split: other }),
      }),
    );
    expect(moved.map(({ imageId }) => imageId)).not.toContain(dogs![0]);
    for (const kind of Object.keys(kinds)) expect(await changes(to, to, kind)).toEqual([]);
    expect(await summary(to, to)).toMatchObject({ addedCount: 0, removedCount: 0, relabelledCount: 0, movedCount: 0 });
  });

  test('is none of versions of two projects, to those who may see both', async () => {
    const [one, other] = [
      await publish(await world.project({ labels: ['cat'], images: 1 })),
      await publish(await world.project({ labels: ['cat'], images: 1 })),
    ];
    expect(await summary(one, other)).toBeNull();
    expect(await summary(one, one)).not.toBeNull();
  });

  test('is listed in pages of 1 to 100 only', async () => {
    const version = await publish(await world.project({ labels: ['cat'], images: 1 }));
    const { body } = await world.admin.raw(
      `query ($id: ID!) { datasetVersionDiff(fromId: $id, toId: $id) { changes(kind: ADDED, first: 101) { nodes { imageId } } } }`,
      { id: version },
    );
    expect(body.errors).toMatchObject([{ extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
  });
});
