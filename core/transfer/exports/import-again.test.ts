import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, subscribeOverSse, transferEventsDocument } from '#test/event-streams.ts';
import { importFile } from '#test/import-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';
import { exportFormats } from './export-plan.ts';

interface Held {
  readonly labels: readonly string[];
  readonly split: string | null;
}

describe('what was exported', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ worker: true });
  });
  afterAll(() => world.close());

  /** Labels and part of each image of a project, by the digest of its bytes. */
  const held = async (projectId: string): Promise<Record<string, Held>> => {
    const { images } = await world.admin.ask(
      `query ($id: ID!) { images(projectId: $id, first: 100) { nodes { sha256 splitOverride annotations { label { name } } } } }`,
      { id: projectId },
    );
    return Object.fromEntries(
      images.nodes.map(
        (image: { sha256: string; splitOverride: string; annotations: { label: { name: string } }[] }) => [
          image.sha256,
          { labels: image.annotations.map(({ label }) => label.name).sort(), split: image.splitOverride },
        ],
      ),
    );
  };

  const exportAs = async (projectId: string, input: object) => {
    const { id } = await world.admin.must(
      `mutation ($input: StartExportInput!) { startExport(input: $input) { ${userErrorFields} ... on DatasetExport { id } } }`,
      { input: { projectId, ...input } },
    );
    await collect(subscribeOverSse(world.admin, transferEventsDocument, { id }));
    const { transfer } = await world.admin.ask(
      `query ($id: ID!) { transfer(id: $id) { state ... on DatasetExport { downloadUrl losses { kind } } } }`,
      { id },
    );
    expect(transfer.state).toBe('COMPLETED');
    const bytes = Buffer.from(await (await fetch(transfer.downloadUrl)).arrayBuffer());
    return { bytes, losses: transfer.losses.map(({ kind }: { kind: string }) => kind) as string[] };
  };

  /** Every way in which an image can be labelled and stand somewhere, some of them under one name. */
  const prepare = async () => {
    const project = await world.project({ labels: ['cat', 'a/b', 'train', '=1+1'], type: 'MULTI_LABEL' });
    const files = await Promise.all(
      ['a.jpg', 'A.JPG', 'b c.jpg', 'b c.jpg', '.hidden.jpg', 'no ending', '=d.jpg'].map(async (fileName, number) => ({
        fileName,
        bytes: await drawPicture(3, number),
      })),
    );
    const imageIds = await world.upload(project.id, files);
    const carried = [[0], [1], [2], [3], [0, 2], [], [0]];
    await world.annotate(
      project.id,
      imageIds.map((imageId, index) => ({
        imageId,
        addLabelIds: carried[index]!.map((label) => project.labels[label]!.id),
      })),
    );
    for (const [split, indexes] of [
      ['TRAIN', [0, 1]],
      ['VALIDATION', [2]],
      ['TEST', [3, 4, 5]],
    ] as const)
      await world.admin.must(
        `mutation ($input: SetImageSplitInput!) { setImageSplit(input: $input) { ${userErrorFields} } }`,
        { input: { projectId: project.id, imageIds: indexes.map((index) => imageIds[index]!), split } },
      );
    return project;
  };

  test.each(exportFormats)(
    'as %s and imported into another project is there again, up to the losses',
    async (format) => {
      const from = await prepare();
      const { bytes, losses } = await exportAs(from.id, { format, includeUnlabelled: true });
      const into = await world.project({ type: 'MULTI_LABEL' });
      const imported = await importFile(world.admin, into.id, 'export.zip', bytes);
      expect(imported).toMatchObject({ state: 'COMPLETED', counts: { created: 7, refused: 0 } });
      const before = await held(from.id);
      expect(losses).not.toContain('SPLIT');
      if (losses.includes('FURTHER_LABELS')) {
        const [twice] = Object.values(before).filter(({ labels }) => labels.length > 1);
        Object.assign(twice!, { labels: ['cat'] });
      }
      expect(await held(into.id)).toEqual(before);
      expect(losses.includes('FURTHER_LABELS')).toBe(format === 'FOLDERS');
    },
  );

  test('without its pictures labels those that a project has already', async () => {
    const from = await world.project({ labels: ['cat', 'dog'], images: 3 });
    const { bytes } = await exportAs(from.id, { format: 'MODELARTS_MANIFEST', includeImages: false });
    const into = await world.project();
    for (const [labelIndex, label] of ['cat', 'dog'].entries())
      await world.upload(
        into.id,
        await Promise.all(
          [0, 1, 2].map(async (number) => ({
            fileName: `${label}-${number}.jpg`,
            bytes: await drawPicture(labelIndex, number),
          })),
        ),
      );
    const imported = await importFile(world.admin, into.id, 'export.zip', bytes);
    expect(imported).toMatchObject({ state: 'COMPLETED', counts: { labelled: 6, refused: 0 } });
    expect(await held(into.id)).toEqual(await held(from.id));
  });
});
