import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { makeImages } from '#test/made-images.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';
import { nearDuplicates } from '../datasets/near-duplicates.ts';
import { compareImages } from './compare-images.ts';

const bare = (id: string) => id.replace(/^[A-Za-z]+_/, '');

describe('suspected duplicates', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const suspected = async (project: TestProject): Promise<Record<string, string[]>> => {
    await world.platform.background.idle();
    const { images } = await world.admin.ask(
      `query ($id: ID!) { images(projectId: $id, filter: { hasNearDuplicates: true }, direction: ASC) { nodes { id nearDuplicates { id } } } }`,
      { id: project.id },
    );
    return Object.fromEntries(
      images.nodes.map((node: { id: string; nearDuplicates: { id: string }[] }) => [
        node.id,
        node.nearDuplicates.map(({ id }) => id),
      ]),
    );
  };
  const remove = (project: TestProject, imageIds: string[]) =>
    world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} ... on DeleteImagesPayload { deletedCount } } }`,
      { input: { projectId: project.id, imageIds } },
    );
  const restore = (project: TestProject, imageIds: string[]) =>
    world.admin.must(
      `mutation ($input: RestoreImagesInput!) { restoreImages(input: $input) { ${userErrorFields} ... on RestoreImagesPayload { results { __typename } } } }`,
      { input: { projectId: project.id, imageIds } },
    );

  test('are pictures and their copies as people make them, as long as both are there', async () => {
    const project = await world.project();
    await world.project({ labels: ['cat'], images: 1 });
    const bytes = await drawPicture(0, 0);
    const [one, copy, again] = await world.upload(project.id, [
      { fileName: 'one.jpg', bytes },
      { fileName: 'copy.jpg', bytes: await sharp(bytes).jpeg({ quality: 60 }).toBuffer() },
      { fileName: 'again.jpg', bytes: await sharp(bytes).jpeg({ quality: 80 }).toBuffer() },
      { fileName: 'other.jpg', bytes: await drawPicture(3, 8) },
    ]);
    const ids = [one!, copy!, again!].sort();
    const all = Object.fromEntries(ids.map((id) => [id, ids.filter((other) => other !== id)]));
    expect(await suspected(project)).toEqual(all);
    await remove(project, [copy!, again!]);
    expect(await suspected(project)).toEqual({});
    await restore(project, [copy!]);
    expect(Object.keys(await suspected(project))).toEqual([one!, copy!].sort());
  });

  test('are found too when an image had no hash, or was in the trash, when its turn came', async () => {
    const project = await world.project();
    const ids = await makeImages(world.platform, bare(project.id), 3);
    const hash = Buffer.alloc(32, 7);
    await world.platform.db.execute(sql`update image set perceptual_hash = ${hash} where id = ${ids[0]!}`);
    await world.platform.db.execute(sql`update image set perceptual_hash = ${hash} where id = ${ids[1]!}`);
    await remove(project, [`Image_${ids[1]}`]);
    await compareImages(world.platform);
    expect(await suspected(project)).toEqual({});
    await restore(project, [`Image_${ids[1]}`]);
    expect(Object.keys(await suspected(project))).toEqual([`Image_${ids[0]}`, `Image_${ids[1]}`]);
  });

  test('are connected as the split connects them, in whatever batches they come', async () => {
    // A few looks, each of which others are near to in few or in many bits.
    const drawn = fc.array(fc.record({ look: fc.nat({ max: 5 }), flipped: fc.nat({ max: 40 }) }), { maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(drawn, drawn, async (first, second) => {
        const projectId = bare((await world.project()).id);
        const hashes: Buffer[] = [];
        const ids: string[] = [];
        for (const batch of [first, second]) {
          for (const { look, flipped } of batch) {
            const hash = createHash('sha256').update(String(look)).digest();
            for (let bit = 0; bit < flipped; bit++) hash[16 + (bit % 16)]! ^= 1 << Math.floor(bit / 16);
            const [image] = await world.platform.db.execute<{ id: string }>(sql`
              insert into image (project_id, sha256, file_name, format, width, height, byte_size, perceptual_hash)
              values (${projectId}, ${Buffer.from(`${hashes.length}`)}, 'made', 'jpeg', 1, 1, 1, ${hash}) returning id`);
            ids.push(image!.id);
            hashes.push(hash);
          }
          await compareImages(world.platform);
        }
        const rows = await world.platform.db.execute<{ id: string; cluster: string | null }>(sql`
          select image_id as id, cluster_id as cluster from image_look where project_id = ${projectId}`);
        const clusterOf = new Map(rows.map(({ id, cluster }) => [id, cluster ?? id]));
        expect(clusterOf.size).toBe(hashes.length);
        const expected = nearDuplicates(hashes);
        for (let a = 0; a < ids.length; a++)
          for (let b = 0; b < a; b++)
            expect(clusterOf.get(ids[a]!) === clusterOf.get(ids[b]!)).toBe(expected.find(a) === expected.find(b));
      }),
      { numRuns: 12 },
    );
  });
});
