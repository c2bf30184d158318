import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eq, like } from 'drizzle-orm';
import { uploadKey } from '#core/images/image-uploads.ts';
import { imageUploadTable } from '#core/images/table.ts';
import { deleteAbandonedObjects } from '#core/platform/objects/abandoned-objects.ts';
import { presignS3Url } from '#core/platform/objects/presign-s3-url.ts';
import { s3Client, type S3Options } from '#core/platform/objects/s3-store.ts';
import { abandonedObjectsTable } from '#core/platform/table.ts';
import { idOf } from '#schema/global-id.ts';
import { openBrowser, servePages } from '#test/browser.ts';
import { endOfImport, imagesOf, sendImport, startImport } from '#test/import-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { s3ServerProgram, startS3Server, type TestS3Server } from '#test/s3-server.ts';
import { zipBytes } from '#test/archives.ts';
import { World, type TestProject } from '#test/world.ts';

describe.skipIf(s3ServerProgram === undefined)(
  'transfers between browser and store (skipped: no S3 server, where none is named)',
  () => {
    let s3: TestS3Server;
    let world: World;
    let project: TestProject;
    let other: TestProject;
    let bytes: Buffer;
    beforeAll(async () => {
      s3 = await startS3Server();
      const { endpoint, bucket, accessKey, secretKey } = s3.options;
      world = await World.open({
        worker: true,
        environment: {
          EXEMPLAR_S3_ENDPOINT: endpoint,
          EXEMPLAR_S3_PUBLIC_ENDPOINT: endpoint.replace('127.0.0.1', 'localhost'),
          EXEMPLAR_S3_BUCKET: bucket,
          EXEMPLAR_S3_ACCESS_KEY: accessKey,
          EXEMPLAR_S3_SECRET_KEY: secretKey,
        },
      });
      project = await world.project({ labels: ['cat'], images: 1 });
      other = await world.project({ labels: ['cat'], images: 1 });
      bytes = await drawPicture(0, 77);
    });
    afterAll(async () => {
      await world?.close();
      await s3?.close();
    });

    const announce = async (content = bytes, fileName = 'a.jpg') => {
      const [upload] = await world.announce(project.id, [{ fileName, bytes: content }]);
      return upload as { id: string; uploadUrl: string };
    };
    const put = async (address: string, content: Uint8Array) => {
      const response = await fetch(address, { method: 'PUT', body: new Uint8Array(content) });
      await response.body?.cancel();
      return response.status;
    };
    const complete = async (id: string) => (await world.complete([id]))[0];
    const keyOf = async (globalId: string) => {
      const id = idOf('ImageUpload', globalId);
      const [row] = await world.platform.db.select().from(imageUploadTable).where(eq(imageUploadTable.id, id));
      return uploadKey(row!);
    };
    const altered = (address: string, name: string, value: string) => {
      const url = new URL(address);
      url.searchParams.set(name, value);
      return url.href;
    };
    const imageAddress = async (imageId: string, form = 'ORIGINAL') => {
      const { image } = await world.admin.ask(
        `query ($id: ID!, $form: ImageForm) { image(id: $id) { url(form: $form) } }`,
        { id: imageId, form },
      );
      return image.url as string;
    };
    const store = () => world.platform.config.directStore!;

    test('of pictures go past the server, both ways', async () => {
      const upload = await announce();
      expect(new URL(upload.uploadUrl).origin).toBe(store().endpoint);
      expect(await put(upload.uploadUrl, bytes)).toBe(200);
      const completed = await complete(upload.id);
      expect(completed).toMatchObject({ outcome: 'CREATED', image: { width: 64, height: 48 } });
      for (const [form, type, disposition, format] of [
        ['ORIGINAL', 'application/octet-stream', 'attachment; filename="original"', 'jpeg'],
        ['NORMALISED', 'image/jpeg', 'inline', 'jpeg'],
        ['THUMBNAIL', 'image/jpeg', 'inline', 'jpeg'],
      ] as const) {
        const address = await imageAddress(completed.image.id, form);
        expect(new URL(address).origin).toBe(store().endpoint);
        const response = await fetch(address);
        expect(Object.fromEntries(response.headers)).toMatchObject({
          'content-type': type,
          'content-disposition': disposition,
          'cache-control': 'private, max-age=3600, immutable',
        });
        expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({ format });
      }
      // What was sent is in its place; the upload is empty again.
      expect(await world.platform.objects.size(await keyOf(upload.id))).toBeUndefined();
    });

    test('work from web pages of other origins that the bucket lets in, as docs/production.md has it', async ({
      skip,
    }) => {
      const browser = await openBrowser();
      if (!browser) return skip('there is no Chromium here');
      const pages = await servePages(resolve(import.meta.dirname, '../test/pages'));
      await letOriginIn(s3.options, pages.url);
      const upload = await announce();
      const page = await browser.newPage();
      await page.goto(`${pages.url}/empty.html`);
      const status = await page.evaluate(
        async ([address, content]) =>
          (
            await fetch(address!, {
              method: 'PUT',
              body: Uint8Array.from(atob(content!), (each) => each.charCodeAt(0)),
            })
          ).status,
        [upload.uploadUrl, bytes.toString('base64')],
      );
      expect(status).toBe(200);
      const { image } = await complete(upload.id);
      const [side, range, tag] = await page.evaluate(
        async (address) => {
          const picture = await createImageBitmap(await (await fetch(address)).blob());
          const part = await fetch(address, { headers: { range: 'bytes=0-9' } });
          return [picture.width, part.headers.get('content-range')?.split('/')[0], part.headers.has('etag')];
        },
        await imageAddress(image.id),
      );
      expect([side, range, tag]).toEqual([64, 'bytes 0-9', true]);
      // Another origin is not let in.
      const stranger = await browser.newPage();
      await stranger.goto(`${pages.url.replace('127.0.0.1', 'localhost')}/empty.html`);
      const seen = await stranger.evaluate(
        (address) =>
          fetch(address).then(
            () => 'read',
            () => 'refused',
          ),
        await imageAddress(image.id),
      );
      expect(seen).toBe('refused');
      await browser.close();
      pages.close();
    }, 120_000);

    test('have addresses of pictures that stay the same within an hour', async () => {
      const [first, second] = [
        await imageAddress(project.imageIds[0]![0]!),
        await imageAddress(project.imageIds[0]![0]!),
      ];
      const dateOf = (address: string) => new URL(address).searchParams.get('X-Amz-Date')!;
      expect(dateOf(first)).toMatch(/^\d{8}T\d{2}5900Z$/);
      if (dateOf(first) === dateOf(second)) expect(second).toBe(first);
    });

    test('of what was not sent, or is not what was announced, make no image', async () => {
      const upload = await announce();
      expect((await complete(upload.id)).error).toMatchObject({ refusal: 'NOT_RECEIVED' });
      expect(await put(upload.uploadUrl, Buffer.from(bytes).fill(0, 100, 200))).toBe(200);
      expect((await complete(upload.id)).error).toMatchObject({ refusal: 'DIGEST_MISMATCH' });
      const noPicture = Buffer.from('<!doctype html><script>alert(1)</script>');
      const page = await announce(noPicture);
      expect(await put(page.uploadUrl, noPicture)).toBe(200);
      expect((await complete(page.id)).error).toMatchObject({ __typename: 'PictureRefusedError' });
    });

    test('of a size that was not announced are refused by the store, and were it not so, before a byte is read', async () => {
      const upload = await announce();
      expect(await put(upload.uploadUrl, Buffer.concat([bytes, Buffer.from('x')]))).toBe(403);
      expect(await put(upload.uploadUrl, bytes.subarray(1))).toBe(403);
      const key = await keyOf(upload.id);
      expect(await world.platform.objects.size(key)).toBeUndefined();
      await world.platform.objects.put(key, Buffer.concat([bytes, Buffer.from('x')]));
      expect((await complete(upload.id)).error).toMatchObject({ refusal: 'SIZE_MISMATCH' });
    });

    test('cannot be widened: another key, project, verb, length, time or answer', async () => {
      const { uploadUrl, id } = await announce();
      const imageUrl = await imageAddress(project.imageIds[0]![0]!);
      const foreign = await imageAddress(other.imageIds[0]![0]!);
      expect([(await fetch(imageUrl)).status, (await fetch(foreign)).status]).toEqual([200, 200]);
      const key = await keyOf(id);
      const upload = new URL(uploadUrl);
      const foreignKey = key.replace(idOf('Project', project.id), idOf('Project', other.id));
      const refused = {
        'put elsewhere in the project': () => put(uploadUrl.replace('/uploads/', '/models/'), bytes),
        'put into another project': () => put(uploadUrl.replace(key, foreignKey), bytes),
        'put over a picture': () => put(`${foreign.split('?')[0]}${upload.search}`, bytes),
        'get what was put': async () => (await fetch(uploadUrl)).status,
        'delete what was put': async () => (await fetch(uploadUrl, { method: 'DELETE' })).status,
        'list the bucket': async () => (await fetch(`${upload.origin}/${store().bucket}/${upload.search}`)).status,
        'put without the length being signed': () =>
          put(altered(uploadUrl, 'X-Amz-SignedHeaders', 'host'), Buffer.concat([bytes, bytes])),
        'put for longer': () => put(altered(uploadUrl, 'X-Amz-Expires', '604800'), bytes),
        'put later': () => put(altered(uploadUrl, 'X-Amz-Date', '20991231T235959Z'), bytes),
        'get another project': async () => (await fetch(`${foreign.split('?')[0]}?${imageUrl.split('?')[1]}`)).status,
        'get another form': async () => (await fetch(imageUrl.replace('/original?', '/thumbnail?'))).status,
        'get as a page': async () => (await fetch(altered(imageUrl, 'response-content-type', 'text/html'))).status,
        'get and show': async () => (await fetch(altered(imageUrl, 'response-content-disposition', 'inline'))).status,
        'put over what may be read': () => put(imageUrl, bytes),
        'put in parts, past the length': () => put(`${uploadUrl}&partNumber=1&uploadId=x`, bytes),
      };
      for (const [what, attempt] of Object.entries(refused)) expect([400, 403], what).toContain(await attempt());
      expect(await world.platform.objects.size(key)).toBeUndefined();
      expect((await fetch(foreign)).status).toBe(200);
    });

    test('are refused after their time', async () => {
      const hourAgo = Math.floor(Date.now() / 1000) - 3600;
      const key = 'projects/p/uploads/late';
      const request = { key, from: hourAgo, lifetime: 3599 };
      const address = presignS3Url(store(), { ...request, verb: 'PUT', contentLength: bytes.length });
      expect(await put(address, bytes)).toBe(403);
      await world.platform.objects.put(key, bytes);
      expect((await fetch(presignS3Url(store(), { ...request, verb: 'GET' }))).status).toBe(403);
      expect((await fetch(presignS3Url(store(), { ...request, verb: 'GET', lifetime: 7200 }))).status).toBe(200);
    });

    test('of an archive are imported, with a report to be had from the store', async () => {
      const target = await world.project();
      const archive = await zipBytes([
        { path: 'cat/1.jpg', content: bytes },
        { path: 'cat/2.jpg', content: Buffer.from('no picture') },
      ]);
      const early = await world.admin.must(
        `mutation ($input: CreateImportUploadInput!) { createImportUpload(input: $input) { ... on CreatedImportUpload { uploadUrl upload { id } } } }`,
        { input: { projectId: target.id, fileName: 'early.zip', byteSize: archive.length } },
      );
      const { startImport: refusal } = await world.admin.ask(
        `mutation ($input: StartImportInput!) { startImport(input: $input) { ... on InvalidStateError { currentState } } }`,
        { input: { source: { projectId: target.id, uploadIds: [early.upload.id] } } },
      );
      expect(refusal).toEqual({ currentState: 'ANNOUNCED' });
      expect(await put(early.uploadUrl, Buffer.concat([archive, archive]))).toBe(403);

      const uploadId = await sendImport(world.admin, target.id, 'cats.zip', archive);
      const imported = await endOfImport(
        world.admin,
        await startImport(world.admin, { projectId: target.id, uploadIds: [uploadId] }),
      );
      expect(imported).toMatchObject({ state: 'COMPLETED', counts: { created: 1, refused: 1 } });
      expect(Object.keys(await imagesOf(world.admin, target.id))).toEqual(['cat/1.jpg']);
      expect(new URL(imported.reportUrl).origin).toBe(store().endpoint);
      expect(await (await fetch(imported.reportUrl)).text()).toContain('cat/2.jpg');
      const range = await fetch(imported.reportUrl, { headers: { range: 'bytes=0-3' } });
      expect([range.status, await range.text()]).toEqual([206, 'item']);
    });

    test('that come after their project was deleted are deleted when no more can come', async () => {
      const doomed = await world.project();
      const [upload] = await world.announce(doomed.id, [{ fileName: 'late.jpg', bytes }]);
      const key = await keyOf(upload.id);
      await world.admin.must(
        `mutation ($id: ID!) { deleteProject(id: $id) { ... on DeletedProject { id: __typename } } }`,
        {
          id: doomed.id,
        },
      );
      expect(await put(upload.uploadUrl, bytes)).toBe(200);
      const { db } = world.platform;
      const waiting = like(abandonedObjectsTable.prefix, `projects/${idOf('Project', doomed.id)}/%`);
      await deleteAbandonedObjects(world.platform);
      expect(await world.platform.objects.size(key)).toBe(bytes.length);
      await db.update(abandonedObjectsTable).set({ createdAt: new Date() }).where(waiting);
      await deleteAbandonedObjects(world.platform);
      expect(await world.platform.objects.size(key)).toBeUndefined();
      expect(await db.select().from(abandonedObjectsTable).where(waiting)).toEqual([]);
    });
  },
);

/** The rules for buckets in docs/production.md, for this origin. */
async function letOriginIn(options: S3Options, origin: string): Promise<void> {
  const text = await readFile(resolve(import.meta.dirname, '../docs/production.md'), 'utf8');
  const [rule] = JSON.parse(/```json\n(\[[^`]*AllowedOrigins[^`]*)```/.exec(text)![1]!) as [
    Record<string, string | string[]>,
  ];
  const element = (name: string, value: string) => `<${name}>${value}</${name}>`;
  const lines = Object.entries({ ...rule, AllowedOrigins: [origin] }).flatMap(([name, value]) =>
    // Lists are elements of one each: AllowedMethods is many of AllowedMethod.
    Array.isArray(value) ? value.map((each) => element(name.slice(0, -1), each)) : [element(name, String(value))],
  );
  const body = `<CORSConfiguration><CORSRule>${lines.join('')}</CORSRule></CORSConfiguration>`;
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  await s3Client(options).makeRequestAsyncOmit(
    { method: 'PUT', bucketName: options.bucket, query: 'cors', headers },
    body,
  );
}
