import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World } from '#test/world.ts';

const announce = `mutation ($input: CreateBaseModelUploadInput!) { createBaseModelUpload(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on CreatedBaseModelUpload { uploadUrl upload { id name state message } } } }`;

describe('uploading a base model', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ worker: true, environment: { EXEMPLAR_MAX_BASE_MODEL_BYTES: '1000000' } });
  });
  afterAll(() => world.close());

  const bytes = tinyBaseModel(7).bytes;
  const tryAnnounce = async (input: object, client: ApiClient = world.admin) =>
    (await client.ask(announce, { input: { byteSize: bytes.byteLength, ...input } })).createBaseModelUpload;
  const send = (url: string, body: Uint8Array) => fetch(url, { method: 'PUT', body: new Uint8Array(body) });
  const uploads = async (client: ApiClient = world.admin) =>
    (await client.ask('{ baseModelUploads { name state message } }')).baseModelUploads as {
      name: string;
      state: string;
      message: string | null;
    }[];
  const ended = async (name: string) => {
    for (;;) {
      const upload = (await uploads()).find((each) => each.name === name)!;
      if (upload.state !== 'QUEUED') return upload;
      await setTimeout(100);
    }
  };

  test('makes it one for all workers, to be chosen and trained on', async () => {
    const word = { licence: 'MIT', mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25], resize: 'FILL' };
    const { upload, uploadUrl } = await tryAnnounce({ name: 'theirs', ...word });
    expect(upload).toMatchObject({ name: 'theirs', state: 'ANNOUNCED', message: null });
    expect((await send(uploadUrl, bytes)).status).toBe(200);
    expect(await ended('theirs')).toEqual({ name: 'theirs', state: 'READY', message: null });
    const { baseModels } = await world.admin.ask(
      '{ baseModels { name source licence trainable millisecondsPerPicture } }',
    );
    const theirs = baseModels.find(({ name }: { name: string }) => name === 'theirs');
    expect(theirs).toMatchObject({ source: 'UPLOADED', licence: 'MIT', trainable: 'WHOLE' });
    expect(theirs.millisecondsPerPicture).toBeGreaterThan(0);
    const project = await world.project({ labels: ['circle', 'square'], images: 6 });
    const { id } = await world.startTraining(project.id, { preference: 'PERFORMANCE_FIRST', baseModel: 'theirs' });
    await collect(watchOverSse(world.admin, id));
    const { training } = await world.admin.ask(
      'query ($id: ID!) { training(id: $id) { state modelVersion { baseModel } } }',
      { id },
    );
    expect(training).toEqual({ state: 'COMPLETED', modelVersion: { baseModel: 'theirs' } });
    // Neither may the name be taken twice, nor the file be sent again.
    expect((await tryAnnounce({ name: 'theirs' })).__typename).toBe('ConflictError');
    expect((await send(uploadUrl, bytes)).status).toBe(409);
    const [left] = await world.platform.db.execute<{ key: string }>(
      sql`select id::text as key from base_model_upload where name = 'theirs'`,
    );
    expect(await world.platform.objects.size(`base-model-uploads/${left!.key}`)).toBeUndefined();
  });

  test('tells why it is refused', async () => {
    const text = Buffer.from('this is no model');
    const { uploadUrl } = await tryAnnounce({ name: 'text', byteSize: text.byteLength });
    await send(uploadUrl, text);
    expect(await ended('text')).toEqual({
      name: 'text',
      state: 'REFUSED',
      message: 'The file is not an ONNX model, or was cut off.',
    });
    expect((await tryAnnounce({ name: 'text' })).__typename).toBe('CreatedBaseModelUpload');
  });

  test('takes the bytes that were announced only', async () => {
    const { uploadUrl } = await tryAnnounce({ name: 'cut' });
    const short = await send(uploadUrl, bytes.subarray(0, 100));
    expect(short.status).toBe(409);
    expect((await short.json()).message).toContain('100 bytes were sent');
    expect((await send(uploadUrl, Buffer.concat([bytes, bytes]))).status).toBe(409);
    expect((await uploads()).find(({ name }) => name === 'cut')).toMatchObject({ state: 'ANNOUNCED' });
    expect((await send(uploadUrl.replace('signature=', 'signature=x'), bytes)).status).toBe(403);
    expect((await send(uploadUrl, bytes)).status).toBe(200);
    expect(await ended('cut')).toMatchObject({ state: 'READY' });
  });

  test('does not wait for ever: a name that was taken meanwhile and bytes that are gone end it', async () => {
    const { uploadUrl } = await tryAnnounce({ name: 'late' });
    const taken = sql`insert into base_model (name, version, sha256, source, facts)
      select 'late', version, sha256, 'INSTALLED', facts from base_model limit 1`;
    await world.platform.db.execute(taken);
    await send(uploadUrl, bytes);
    expect(await ended('late')).toMatchObject({
      state: 'REFUSED',
      message: 'There is a base model named "late" by now.',
    });
    const { upload } = await tryAnnounce({ name: 'lost' });
    const uploadId = upload.id.replace('BaseModelUpload_', '');
    await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`update base_model_upload set state = 'QUEUED' where id = ${uploadId}`);
      await world.platform.queue.enqueueAdoption(tx, { uploadId });
    });
    expect(await ended('lost')).toMatchObject({
      state: 'REFUSED',
      message: expect.stringContaining('could not be tried'),
    });
  }, 60_000);

  test('can be undone: the files go, the name is free, versions stay', async () => {
    const { uploadUrl } = await tryAnnounce({ name: 'brief' });
    await send(uploadUrl, bytes);
    expect(await ended('brief')).toMatchObject({ state: 'READY' });
    const remove = (name: string, client: ApiClient = world.admin) =>
      client
        .ask(
          `mutation ($name: String!) { deleteBaseModel(name: $name) { ${userErrorFields} ... on DeletedBaseModel { name } } }`,
          {
            name,
          },
        )
        .then((answer) => answer.deleteBaseModel);
    const [{ prefix }] = (await world.platform.db.execute<{ prefix: string }>(
      sql`select object_prefix as prefix from base_model where name = 'brief'`,
    )) as unknown as [{ prefix: string }];
    expect(await world.platform.objects.size(`${prefix}model.onnx`)).toBeGreaterThan(0);
    expect((await remove('brief', await world.user())).__typename).toBe('PermissionDeniedError');
    expect(await remove('brief')).toMatchObject({ name: 'brief' });
    expect(await world.platform.objects.size(`${prefix}model.onnx`)).toBeUndefined();
    expect((await remove('brief')).__typename).toBe('NotFoundError');
    expect((await remove('exemplar-res-s')).__typename).toBe('InvalidStateError');
    expect((await tryAnnounce({ name: 'brief' })).__typename).toBe('CreatedBaseModelUpload');
  });

  test('is for administrators, with input that makes sense', async () => {
    const stranger = await world.user();
    expect((await tryAnnounce({ name: 'mine' }, stranger)).__typename).toBe('PermissionDeniedError');
    expect(await uploads(stranger)).toEqual([]);
    expect((await tryAnnounce({ name: 'large', byteSize: 1_000_001 })).__typename).toBe('LimitExceededError');
    for (const [field, value] of Object.entries({
      name: 'Not a name',
      byteSize: 0,
      size: 4,
      mean: [0.5],
      std: [1, 1],
      output: 'x'.repeat(300),
    }))
      expect(await tryAnnounce({ name: 'fine', [field]: value })).toMatchObject({
        issues: [{ path: ['input', field] }],
      });
  });
});
