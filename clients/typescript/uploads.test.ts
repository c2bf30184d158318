import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPicture } from '../../test/pictures.ts';
import { World } from '../../test/world.ts';
import { createExemplar, type Exemplar, type UploadFile, type UploadProgress, type UploadResult } from './index.ts';

describe('an upload', () => {
  let world: World;
  let exemplar: Exemplar;
  let projectId: string;
  let folder: string;
  let drawn = 0;
  const draw = () => drawPicture(0, ++drawn);
  beforeAll(async () => {
    world = await World.open();
    exemplar = createExemplar({ url: world.url, token: world.admin.token! });
    projectId = (await world.project()).id;
    folder = await mkdtemp(join(tmpdir(), 'exemplar-upload-'));
  });
  afterAll(async () => {
    exemplar.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const collect = async (results: AsyncIterable<UploadResult>): Promise<UploadResult[]> => {
    const all = [];
    for await (const result of results) all.push(result);
    return all;
  };
  const say = (result: UploadResult): string => {
    if (result.__typename === 'UploadedImage') return `${result.fileName} ${result.outcome}`;
    if (result.__typename === 'UploadFailed') return `${result.fileName} ${result.error.name}`;
    return `${result.fileName} ${'refusal' in result.error ? result.error.refusal : result.error.code}`;
  };

  test('takes paths, files, bytes and streams, and says of each what became of it, in order', async () => {
    const path = join(folder, 'ä cat.jpg');
    await writeFile(path, await draw());
    await writeFile(join(folder, 'dog.jpg'), await draw());
    const bytes = await draw();
    const files = async function* (): AsyncGenerator<UploadFile> {
      yield path;
      yield pathToFileURL(join(folder, 'dog.jpg'));
      yield new File([new Uint8Array(await draw())], 'browser.jpg');
      yield new Blob([new Uint8Array(await draw())]);
      yield { source: bytes, fileName: 'bytes.jpg', group: 'camera 1' };
      yield { source: new Uint8Array(bytes), fileName: 'again.jpg' };
      yield { source: createReadStream(path), fileName: 'stream.jpg' };
      yield { source: new Blob([new Uint8Array(await draw())]).stream(), fileName: 'web-stream.jpg' };
      yield { source: Buffer.from('no picture'), fileName: 'text.jpg' };
      yield { source: Buffer.alloc(0), fileName: 'empty.jpg' };
      yield join(folder, 'missing.jpg');
    };
    const progress: UploadProgress[] = [];
    const results = await collect(
      exemplar.images.upload(projectId, files(), { onProgress: (one) => progress.push(one) }),
    );
    expect(results.map(say)).toEqual([
      'ä cat.jpg CREATED',
      'dog.jpg CREATED',
      'browser.jpg CREATED',
      'image CREATED',
      'bytes.jpg CREATED',
      'again.jpg DUPLICATE',
      'stream.jpg DUPLICATE',
      'web-stream.jpg CREATED',
      'text.jpg NOT_AN_IMAGE',
      'empty.jpg EMPTY',
      `${join(folder, 'missing.jpg')} ExemplarError`,
    ]);
    expect(results[4]).toMatchObject({ image: { group: 'camera 1', byteSize: bytes.length } });
    expect(results[10]).toMatchObject({ error: { message: expect.stringMatching(/missing\.jpg cannot be opened: /) } });
    expect(progress.at(-1)).toMatchObject({ files: 11, refused: 3 });
    expect(progress.at(-1)!.bytes).toBeGreaterThan(bytes.length * 5);
  });

  test('sends again what did not arrive, and goes on without what never does', async () => {
    const files = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => ({ source: await draw(), fileName: `${index}.jpg` })),
    );
    const tries = new Map<number, number>();
    const sizes = files.map(({ source }) => source.length);
    const flaky: typeof fetch = async (input, init) => {
      if (init?.method !== 'PUT') return fetch(input, init);
      const index = sizes.indexOf((init.body as Blob).size);
      const count = (tries.get(index) ?? 0) + 1;
      tries.set(index, count);
      if (index === 3 && count === 1) throw new TypeError('fetch failed');
      if (index === 5 && count <= 2) return new Response('bad gateway', { status: 502 });
      if (index === 7) return new Response('no', { status: 403 });
      if (index === 9) throw new TypeError('fetch failed');
      // The bytes arrive, the answer does not.
      const response = await fetch(input, init);
      if (index === 4 && count === 1) throw new TypeError('fetch failed');
      return response;
    };
    expect(new Set(sizes).size).toBe(12);
    const retry = { attempts: 3, minimumDelay: 1, maximumDelay: 5 };
    const client = createExemplar({ url: world.url, token: world.admin.token!, fetch: flaky, retry });
    const results = await collect(client.images.upload(projectId, files));
    expect(results.map(say)).toEqual(
      files.map(({ fileName }, index) => `${fileName} ${index === 7 || index === 9 ? 'ConnectionError' : 'CREATED'}`),
    );
    expect([0, 3, 4, 5, 7, 9].map((index) => tries.get(index))).toEqual([1, 2, 2, 3, 1, 3]);
    expect(results[7]).toMatchObject({ error: { status: 403, isTransient: false } });
  });

  test('goes in batches, with so many files at a time', async () => {
    const { id } = await world.project();
    let sending = 0;
    let most = 0;
    const announced: number[] = [];
    const counting: typeof fetch = async (input, init) => {
      const isPut = init?.method === 'PUT';
      const { variables } = isPut ? {} : JSON.parse(init!.body as string);
      if (variables?.input?.files) announced.push(variables.input.files.length);
      most = Math.max(most, (sending += isPut ? 1 : 0));
      return fetch(input, init).finally(() => (sending -= isPut ? 1 : 0));
    };
    const client = createExemplar({ url: world.url, token: world.admin.token!, fetch: counting });
    const files = await Promise.all(Array.from({ length: 25 }, draw));
    const results = await collect(client.images.upload(id, files, { concurrency: 3, batchSize: 10 }));
    expect(results.map(({ __typename }) => __typename)).toEqual(files.map(() => 'UploadedImage'));
    expect(announced).toEqual([10, 10, 5]);
    expect(most).toBe(3);
    expect(await collect(client.images.upload(id, []))).toEqual([]);
  });

  test('ends with the signal, with the loop, and where there is no such project', async () => {
    const files = await Promise.all(Array.from({ length: 6 }, draw));
    const controller = new AbortController();
    const aborted = collect(
      exemplar.images.upload(projectId, files, {
        signal: controller.signal,
        concurrency: 1,
        onProgress: () => controller.abort(new Error('enough')),
      }),
    );
    await expect(aborted).rejects.toThrow('enough');

    const { imageCount } = (await exemplar.projects.get(projectId))!;
    for await (const { __typename } of exemplar.images.upload(projectId, files, { batchSize: 1 })) {
      expect(__typename).toBe('UploadedImage');
      break;
    }
    // The next one was under way at most.
    expect((await exemplar.projects.get(projectId))!.imageCount - imageCount).toBeLessThanOrEqual(2);

    const nowhere = exemplar.images.upload('Project_00000000-0000-7000-8000-000000000000', files);
    await expect(collect(nowhere)).rejects.toMatchObject({ name: 'ResultError', code: 'NOT_FOUND' });
  });
});
