import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageForms, imageKey } from '#core/images/image-row.ts';
import { tarBytes, zipBytes } from '#test/archives.ts';
import { expectExactCounts } from '#test/counts.ts';
import { importFile } from '#test/import-client.ts';
import { plainPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';
import type { Draw } from './draw.ts';
import { Findings } from './findings.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateTar } from './mutate-tar.ts';
import { mutateZip } from './mutate-zip.ts';
import { hostilePicture, pictureMixins, pictureSamples } from './picture-samples.ts';
import { watchDefects } from './watched-log.ts';
import { wildText } from './wild-text.ts';

let world: World;
let samples: Buffer[];
let mixins: Buffer[];
let defects: string[];
beforeAll(async () => {
  world = await World.open({ worker: true });
  [samples, mixins] = await Promise.all([pictureSamples(), pictureMixins()]);
  defects = watchDefects(world.platform.log);
});
afterAll(() => world.close());

/** An archive of pictures, good and bad, and perhaps a document, most of the times changed. */
async function hostileImport(draw: Draw): Promise<{ fileName: string; bytes: Buffer }> {
  const names = Array.from({ length: 6 }, (_, index) => `${draw.pick(['cat', 'dog', 'train/cat', ''])}/${index}.jpg`);
  const pictures = names.map(
    (name) =>
      [
        name.replace(/^\//, ''),
        draw.chance(0.5) ? plainPicture(draw.integer(1e6)) : hostilePicture(draw, samples, mixins),
      ] as const,
  );
  const csv = Buffer.from(
    `file,label\n${names.map((name) => `${name},${JSON.stringify(wildText(draw)).slice(1, -1)}`).join('\n')}\n`,
  );
  const members = draw.chance(0.4) ? [...pictures, ['labels.csv', mutateBytes(csv, draw, csv)] as const] : pictures;
  const zip = await zipBytes(members.map(([path, content]) => ({ path, content, deflate: draw.chance(0.5) })));
  switch (draw.integer(6)) {
    case 0:
      return { fileName: 'a.zip', bytes: zip };
    case 1:
      return { fileName: 'a.zip', bytes: mutateBytes(zip, draw, zip) };
    case 2: {
      const mtime = new Date(0);
      const tar = await tarBytes(members.map(([name, content]) => [{ name, mtime }, content.toString('latin1')]));
      return draw.chance(0.5)
        ? { fileName: 'a.tar', bytes: mutateTar(tar, draw) }
        : { fileName: 'a.tar.gz', bytes: gzipSync(mutateTar(tar, draw)) };
    }
    case 3:
      return {
        fileName: draw.pick(['labels.csv', 'a.json', 'a.manifest', 'a.jsonl']),
        bytes: mutateBytes(csv, draw, zip),
      };
    default:
      return { fileName: 'a.zip', bytes: mutateZip(zip, draw) };
  }
}

test(
  'an import of whatever ends, with images that are whole or a reason, and leaves nothing else',
  { timeout: fuzzMilliseconds },
  async () => {
    const project = await world.project();
    const findings = new Findings();
    const ends: Record<string, number> = {};
    for (const { index, draw } of fuzzCases(8, 30)) {
      const { fileName, bytes } = await hostileImport(draw);
      // An empty file is refused before it is sent.
      if (bytes.length === 0) continue;
      const done = await importFile(world.admin, project.id, fileName, bytes);
      const end = done.failure?.code ?? done.state;
      ends[end] = (ends[end] ?? 0) + 1;
      if (!['COMPLETED', 'FAILED'].includes(done.state) || end === 'INTERNAL' || done.attempt !== 1)
        findings.add(index, fileName, done);
      for (const defect of defects.splice(0)) findings.add(index, 'a defect', defect);
    }
    console.log(`imports: ${JSON.stringify(ends)}`);
    expect(findings.shown).toEqual([]);
    await expectExactCounts(world, project.id);
    const images = await world.platform.db.execute<{ project_id: string; sha256: Buffer }>(
      sql`select project_id, sha256 from image`,
    );
    expect(images.length).toBeGreaterThan(0);
    const expected = images.flatMap(({ project_id: id, sha256 }) =>
      imageForms.map((form) => imageKey(id, sha256, form)),
    );
    const { dataDirectory, objectsDirectory, workDirectory } = world.platform.config;
    const found = (await readdir(objectsDirectory, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(objectsDirectory.length + 1));
    // Beside images there are the archives, and what each import has to say.
    expect(found.filter((key) => key.includes('/images/')).sort()).toEqual(expected.sort());
    expect(await readdir(workDirectory)).toEqual([]);
    // Nothing was written by a name of an archive.
    expect((await readdir(dataDirectory)).sort()).toEqual(['base-model', 'objects', 'work']);
    expect(await readdir(tmpdir())).not.toContain('up');
  },
);
