import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureRefusals } from '#core/platform/errors.ts';
import { expectExactCounts } from '#test/counts.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestFile } from '#test/world.ts';

/** A collection of nasty files beside the repository; what the engine makes of each is tested beside the engine. */
const archive = join(import.meta.dirname, '../../../shared/hostile/hostile.tar.gz');

describe.runIf(existsSync(archive))('hostile files', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await World.open();
    folder = await mkdtemp(join(tmpdir(), 'exemplar-hostile-'));
    execFileSync('tar', ['xzf', archive, '-C', folder]);
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const filesUnder = async (name: string): Promise<TestFile[]> =>
    Promise.all(
      (await readdir(join(folder, name), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(async (entry) => ({ fileName: entry.name, bytes: await readFile(join(entry.parentPath, entry.name)) })),
    );

  test('each becomes an image or is refused by name, and none spoils a good one beside it', async () => {
    const { id } = await world.project();
    const hostile = await filesUnder('images');
    expect(hostile.length).toBeGreaterThan(50);
    const files: TestFile[] = [];
    for (const [number, file] of hostile.entries())
      files.push(file, { fileName: `good-${number}.jpg`, bytes: await drawPicture(0, number) });
    for (let start = 0; start < files.length; start += 50) {
      const batch = files.slice(start, start + 50);
      const announced = await world.announce(id, batch);
      const sent: { file: TestFile; uploadId: string }[] = [];
      for (const [index, upload] of announced.entries()) {
        const file = batch[index]!;
        if (upload.error) {
          expect(upload.error).toMatchObject({ refusal: 'EMPTY', fileName: file.fileName });
          continue;
        }
        const response = await fetch(upload.uploadUrl, { method: 'PUT', body: new Uint8Array(file.bytes) });
        expect(response.status).toBe(200);
        sent.push({ file, uploadId: upload.id });
      }
      const results = await world.complete(sent.map(({ uploadId }) => uploadId));
      for (const [index, result] of results.entries()) {
        const { file } = sent[index]!;
        if (file.fileName.startsWith('good-')) expect(result.outcome, file.fileName).toBe('CREATED');
        if (result.error) {
          expect(result.error).toMatchObject({ code: 'PICTURE_REFUSED', fileName: file.fileName });
          expect(pictureRefusals).toContain(result.error.refusal);
        } else {
          expect(result.image.sha256).toBe(createHash('sha256').update(file.bytes).digest('hex'));
          const shown = await fetch(result.image.url);
          expect(shown.headers.get('content-type')).toBe('image/jpeg');
          await shown.arrayBuffer();
        }
      }
    }
    await expectExactCounts(world, id);
  });

  test('of equal bytes under different names and in different folders are one image', async () => {
    const { id } = await world.project();
    const files = await filesUnder('dups');
    const results = await world.tryUpload(id, files);
    const digests = new Set(files.map((file) => createHash('sha256').update(file.bytes).digest('hex')));
    expect(digests.size).toBeLessThan(files.length);
    expect(results.filter((result) => result.outcome === 'CREATED')).toHaveLength(digests.size);
    expect(new Set(results.map((result) => result.image.id)).size).toBe(digests.size);
    await expectExactCounts(world, id);
  });

  test('of wild names keep them', async () => {
    const { id } = await world.project();
    const files = await filesUnder('names');
    expect(files.length).toBeGreaterThan(3);
    const results = await world.tryUpload(id, files);
    for (const [index, { fileName }] of files.entries()) {
      const { outcome, image, error } = results[index];
      if (fileName.endsWith('.json')) expect(error).toMatchObject({ refusal: 'NOT_AN_IMAGE', fileName });
      // Several are the same picture: the first gives the image its name.
      else if (outcome === 'CREATED') expect(image.fileName).toBe(fileName);
      else expect(outcome, fileName).toBe('DUPLICATE');
    }
    await expectExactCounts(world, id);
  });
});
