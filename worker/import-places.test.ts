import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3Client } from '#core/platform/objects/s3-store.ts';
import { openImportFolder } from '#core/transfer/imports/open-import-folder.ts';
import { openStorePrefix } from '#core/transfer/imports/open-store-prefix.ts';
import { endOfImport, imagesOf, previewImport, sendImport, startImport } from '#test/import-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { s3ServerProgram, startS3Server, type TestS3Server } from '#test/s3-server.ts';
import { World } from '#test/world.ts';

const labelled = (images: Record<string, { labels: string[] }>) =>
  Object.fromEntries(Object.entries(images).map(([name, { labels }]) => [name, labels]));

/** What XML and addresses would change. */
const oddName = 'ä b+c%20%zz \'"&amp;<.jpg';

const refused = (client: World['admin'], source: object) =>
  client
    .ask(
      `mutation ($input: StartImportInput!) { startImport(input: $input) { __typename ... on ImageImport { id }
        ... on ValidationError { issues { path message } } } }`,
      { input: { source } },
    )
    .then(({ startImport: answer }) => answer);

describe('an import of a folder of the workers', () => {
  let world: World;
  let root: string;
  let outside: string;
  beforeAll(async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'exemplar-root-')));
    [root, outside] = [join(folder, 'root'), join(folder, 'root-secret')];
    for (const path of ['root/set/cat', 'root/set/dog', 'root-secret/cat'])
      await mkdir(join(folder, path), { recursive: true });
    await writeFile(join(root, 'set/cat/1.jpg'), await drawPicture(0, 1));
    await writeFile(join(root, 'set/dog/2.jpg'), await drawPicture(1, 2));
    await writeFile(join(outside, 'cat/secret.jpg'), await drawPicture(2, 3));
    await symlink(join(outside, 'cat/secret.jpg'), join(root, 'set/cat/link.jpg'));
    await symlink(join(outside, 'cat'), join(root, 'set/linked'));
    await symlink(outside, join(root, 'way-out'));
    world = await World.open({ worker: true, environment: { EXEMPLAR_IMPORT_ROOT: root } });
  });
  afterAll(async () => {
    await world.close();
    await rm(join(root, '..'), { recursive: true, force: true });
  });

  test('brings what is in it, and passes over links', async () => {
    const project = await world.project();
    const source = { projectId: project.id, serverFolder: 'set' };
    expect(await previewImport(world.admin, source)).toMatchObject({ format: 'CLASS_FOLDERS', imageCount: 2 });
    const ended = await endOfImport(world.admin, await startImport(world.admin, source));
    expect(ended).toMatchObject({ state: 'COMPLETED', counts: { created: 2, skipped: 2, refused: 0 } });
    expect(labelled(await imagesOf(world.admin, project.id))).toEqual({ 'cat/1.jpg': ['cat'], 'dog/2.jpg': ['dog'] });
    const skipped = ended.items.nodes.filter(({ outcome }: { outcome: string }) => outcome === 'SKIPPED');
    expect(skipped).toMatchObject([
      { path: 'cat/link.jpg', code: 'LINK' },
      { path: 'linked', code: 'LINK' },
    ]);
  });

  test.each([
    '..',
    '../root-secret',
    'set/../../root-secret',
    '/',
    '/etc',
    'way-out',
    'way-out/cat',
    'absent',
    'set/cat/1.jpg',
  ])('never leaves the import root: %s', async (serverFolder) => {
    const project = await world.project();
    const source = { projectId: project.id, serverFolder };
    expect(await previewImport(world.admin, source)).toMatchObject({ currentState: 'SOURCE_MISSING' });
    const ended = await endOfImport(world.admin, await startImport(world.admin, source));
    expect(ended).toMatchObject({ state: 'FAILED', failure: { code: 'SOURCE_MISSING' } });
    expect(await imagesOf(world.admin, project.id)).toEqual({});
  });

  test('reads no link that takes the place of a file or of its folder after it was listed', async () => {
    await mkdir(join(root, 'moving/a'), { recursive: true });
    await mkdir(join(root, 'moving/b'), { recursive: true });
    for (const name of ['a/1.jpg', 'b/secret.jpg']) await writeFile(join(root, 'moving', name), 'harmless');
    const files = await openImportFolder({ config: { ...world.platform.config, importRoot: root } }, 'moving');
    await rm(join(root, 'moving/a/1.jpg'));
    await symlink(join(outside, 'cat/secret.jpg'), join(root, 'moving/a/1.jpg'));
    await rename(join(root, 'moving/b'), join(root, 'moving/c'));
    await symlink(join(outside, 'cat'), join(root, 'moving/b'));
    let entries = 0;
    for await (const entry of files.entries()) {
      entries++;
      if ('reason' in entry) throw new Error(entry.reason);
      await expect(entry.read(1e6), entry.path).rejects.toMatchObject({ refusal: 'ENTRY_DAMAGED' });
    }
    expect(entries).toBe(2);
  });

  test('is for administrators, and only where there is a root', async () => {
    const project = await world.project();
    const owner = await world.user({ project, role: 'OWNER' });
    const answer = await refused(owner, { projectId: project.id, serverFolder: 'set' });
    expect(answer).toEqual({ __typename: 'PermissionDeniedError' });
    const config = { ...world.platform.config, importRoot: undefined };
    await expect(openImportFolder({ config }, 'set')).rejects.toMatchObject({ failure: { code: 'SOURCE_MISSING' } });
  });
});

describe.skipIf(s3ServerProgram === undefined)(
  'an import of a bucket of the store (skipped: no S3 server, where none is named)',
  () => {
    let s3: TestS3Server;
    let world: World;
    const put = async (bucket: string, files: Record<string, Buffer | string>) => {
      for (const [key, content] of Object.entries(files))
        await s3Client(s3.options).putObject(bucket, key, Buffer.from(content));
    };
    beforeAll(async () => {
      s3 = await startS3Server();
      for (const bucket of ['shared', 'secret']) await s3Client(s3.options).makeBucket(bucket, s3.options.region);
      const picture = await Promise.all(Array.from({ length: 6 }, (_, number) => drawPicture(number % 3, number)));
      await put('shared', {
        'sets/animals/cat/1.jpg': picture[0]!,
        [`sets/animals/cat/${oddName}`]: picture[1]!,
        'sets/animals/dog/2.jpg': picture[2]!,
        'sets/animals/.DS_Store': 'noise',
        'sets/animals2/cat/other.jpg': picture[3]!,
        'other/secret.jpg': picture[4]!,
        'manifests/data/1.jpg': picture[3]!,
        'manifests/data/2.jpg': picture[5]!,
        'manifests/V001.manifest':
          `${JSON.stringify({ source: 's3://old-bucket/x/data/1.jpg', usage: 'TRAIN', annotation: [{ type: 'modelarts/image_classification', name: 'bird' }] })}\n` +
          `${JSON.stringify({ source: 'obs://old-bucket/x/data/2.jpg', usage: 'EVAL', annotation: [{ type: 'modelarts/image_classification', name: 'fish' }] })}\n`,
      });
      await put('secret', { 'cat/1.jpg': picture[4]! });
      const { endpoint, bucket, accessKey, secretKey } = s3.options;
      world = await World.open({
        worker: true,
        environment: {
          EXEMPLAR_S3_ENDPOINT: endpoint,
          EXEMPLAR_S3_BUCKET: bucket,
          EXEMPLAR_S3_ACCESS_KEY: accessKey,
          EXEMPLAR_S3_SECRET_KEY: secretKey,
          EXEMPLAR_IMPORT_PREFIXES: 's3://shared/sets/animals/,s3://shared/manifests,s3://shared/empty,s3://absent',
        },
      });
    });
    afterAll(async () => {
      await world?.close();
      await s3?.close();
    });

    test('brings class folders, with names of any kind', async () => {
      const project = await world.project();
      const source = { projectId: project.id, storePrefix: 's3://shared/sets/animals' };
      expect(await previewImport(world.admin, source)).toMatchObject({
        format: 'CLASS_FOLDERS',
        isComplete: true,
        imageCount: 3,
        labels: [
          { name: 'cat', imageCount: 2 },
          { name: 'dog', imageCount: 1 },
        ],
      });
      const ended = await endOfImport(world.admin, await startImport(world.admin, source));
      expect(ended).toMatchObject({ state: 'COMPLETED', counts: { created: 3, refused: 0 } });
      expect(labelled(await imagesOf(world.admin, project.id))).toEqual({
        'cat/1.jpg': ['cat'],
        [`cat/${oddName}`]: ['cat'],
        'dog/2.jpg': ['dog'],
      });
      const again = await endOfImport(world.admin, await startImport(world.admin, source));
      expect(again).toMatchObject({ state: 'COMPLETED', counts: { created: 0, duplicate: 3 } });
    });

    test('finds what manifests mean by s3:// and obs://, in the prefix and beside an upload', async () => {
      const project = await world.project();
      const source = { projectId: project.id, storePrefix: 'obs://shared/manifests/' };
      const ended = await endOfImport(world.admin, await startImport(world.admin, source));
      expect(ended).toMatchObject({ state: 'COMPLETED', format: 'MODELARTS_MANIFEST', counts: { created: 2 } });
      expect(labelled(await imagesOf(world.admin, project.id))).toEqual({
        'data/1.jpg': ['bird'],
        'data/2.jpg': ['fish'],
      });
      const another = await world.project();
      const csv = 'image,label\ns3://shared/sets/animals/cat/1.jpg,tiger\n';
      const uploadId = await sendImport(world.admin, another.id, 'labels.csv', csv);
      await endOfImport(
        world.admin,
        await startImport(world.admin, {
          projectId: another.id,
          uploadIds: [uploadId],
          storePrefix: 's3://shared/sets/animals/',
        }),
      );
      expect(labelled(await imagesOf(world.admin, another.id))).toMatchObject({
        'cat/1.jpg': ['tiger'],
        'dog/2.jpg': [],
      });
    });

    test.each([
      's3://secret',
      's3://secret/cat/',
      's3://shared',
      's3://shared/sets',
      's3://shared/sets/animals2/',
      's3://shared/sets/animals/../../other',
      's3://exemplar/projects/',
      '/etc',
      'http://shared/sets/animals/',
    ])('reads only below the prefixes that are listed: not %s', async (storePrefix) => {
      const project = await world.project();
      expect(await refused(world.admin, { projectId: project.id, storePrefix })).toMatchObject({
        __typename: 'ValidationError',
        issues: [{ path: ['input', 'storePrefix'] }],
      });
      // Nor does a worker that is asked all the same.
      const opening = openStorePrefix(world.platform, storePrefix);
      await expect(opening).rejects.toMatchObject({ failure: { code: 'SOURCE_MISSING' } });
    });

    test('is for administrators, and from nowhere by default', async () => {
      const project = await world.project();
      const owner = await world.user({ project, role: 'OWNER' });
      const storePrefix = 's3://shared/sets/animals/';
      expect(await refused(owner, { projectId: project.id, storePrefix })).toEqual({
        __typename: 'PermissionDeniedError',
      });
      const config = { ...world.platform.config, importPrefixes: [] };
      await expect(openStorePrefix({ config }, storePrefix)).rejects.toMatchObject({
        failure: { code: 'SOURCE_MISSING' },
      });
    });

    test.each([
      ['s3://shared/empty/', 'There is nothing below s3://shared/empty/.'],
      ['s3://absent/', 's3://absent/ cannot be read: the store says NoSuchBucket.'],
    ])('says what is wrong with %s', async (storePrefix, message) => {
      const project = await world.project();
      const ended = await endOfImport(
        world.admin,
        await startImport(world.admin, { projectId: project.id, storePrefix }),
      );
      expect(ended).toMatchObject({ state: 'FAILED', failure: { code: 'SOURCE_MISSING', message } });
    });

    test('refuses by itself an object that changes while it is imported', async () => {
      await put('shared', { 'manifests/data/1.jpg': 'a text of some length' });
      const files = await openStorePrefix(world.platform, 's3://shared/manifests/data/');
      for await (const entry of files.entries()) {
        if ('reason' in entry || entry.path !== '1.jpg') continue;
        for (const other of ['longer than it was when it was listed', 'short']) {
          await put('shared', { 'manifests/data/1.jpg': other });
          await expect(entry.read(1e6)).rejects.toMatchObject({ refusal: 'ENTRY_DAMAGED' });
        }
        await s3Client(s3.options).removeObject('shared', 'manifests/data/1.jpg');
        await expect(entry.read(1e6)).rejects.toMatchObject({ refusal: 'ENTRY_DAMAGED' });
      }
      expect.assertions(3);
    });
  },
);
