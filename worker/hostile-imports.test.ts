import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importFile, imagesOf } from '#test/import-client.ts';
import { World } from '#test/world.ts';

/** A collection of nasty files beside the repository. */
const collection = join(import.meta.dirname, '../../shared/hostile/hostile.tar.gz');
const found = existsSync(collection);

/** By the number of images that it leaves, and the codes of what is told. */
const taken: Record<string, { created: number; codes: string[] }> = {
  'zip_slip.zip': {
    created: 1,
    codes: ['PATH_TRAVERSAL', 'PATH_TRAVERSAL', 'ABSOLUTE_PATH', 'BACKSLASH', 'BACKSLASH'],
  },
  'zip_symlink.zip': { created: 1, codes: ['LINK'] },
  'zip_macos.zip': { created: 6, codes: [] },
  'zip_flat.zip': { created: 4, codes: [] },
  'zip_duplicate_names.zip': { created: 1, codes: ['DUPLICATE_PATH'] },
};
const refused: Record<string, RegExp> = {
  'zip_bomb_900MB.zip': /cat\/zeros\.jpg/,
  'zip_empty.zip': /./,
  'zip_truncated.zip': /./,
  'zip_encrypted.zip': /password|encrypted/,
};

describe.runIf(found)('a hostile archive', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-hostile-'));
    execFileSync('tar', ['xzf', collection, '-C', folder]);
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const run = async (name: string) => {
    const project = await world.project();
    const done = await importFile(world.admin, project.id, name, await readFile(join(folder, 'archives', name)));
    return { project, done };
  };

  test.each(Object.entries(taken))(
    '%s leaves its good pictures and a word on each other thing',
    async (name, expected) => {
      const before = await readdir(tmpdir());
      const { project, done } = await run(name);
      expect(done.state).toBe('COMPLETED');
      expect(done.counts.created).toBe(expected.created);
      const told = done.items.nodes.filter((item: { code: string | null }) => item.code);
      expect(told.map((item: { code: string }) => item.code)).toEqual(expected.codes);
      expect(Object.keys(await imagesOf(world.admin, project.id))).toHaveLength(expected.created);
      // Nothing was written by a name of the archive.
      expect((await readdir(tmpdir())).filter((each) => !before.includes(each) && /evil|up\.jpg/.test(each))).toEqual(
        [],
      );
    },
  );

  test.each(Object.entries(refused))('%s fails the import with a reason, and leaves nothing', async (name, message) => {
    const { project, done } = await run(name);
    expect(done).toMatchObject({
      state: 'FAILED',
      failure: { code: 'ARCHIVE_REFUSED', message: expect.stringMatching(message), isRetryable: false },
    });
    expect(await imagesOf(world.admin, project.id)).toEqual({});
  });
});
