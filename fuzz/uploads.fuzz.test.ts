import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageForms, imageKey } from '#core/images/image-row.ts';
import { uploadKey } from '#core/images/image-uploads.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { expectExactCounts } from '#test/counts.ts';
import { World, type TestProject } from '#test/world.ts';
import type { Draw } from './draw.ts';
import { ending, Findings } from './findings.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { hostileForm } from './hostile-form.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { hostilePicture, pictureMixins, pictureSamples } from './picture-samples.ts';
import { lengthHeader, promisesMore, requestBytes, sendRaw, type RawAnswer, type RawRequest } from './raw-http.ts';
import { leakIn, watchDefects } from './watched-log.ts';
import { wildText } from './wild-text.ts';

let world: World;
let project: TestProject;
let editor: ApiClient;
let samples: Buffer[];
let mixins: Buffer[];
let defects: string[];
beforeAll(async () => {
  world = await World.open({ environment: { EXEMPLAR_MAX_IMAGE_BYTES: '200000' } });
  project = await world.project({ labels: ['cat'] });
  editor = await world.user({ project });
  [samples, mixins] = await Promise.all([pictureSamples(), pictureMixins()]);
  defects = watchDefects(world.platform.log);
});
afterAll(() => world.close());

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const refusal = (answer: RawAnswer): boolean => {
  try {
    const { code, message } = JSON.parse(answer.body.toString());
    return typeof code === 'string' && typeof message === 'string';
  } catch {
    // Node's own answers to what is no HTTP have no body.
    return [400, 408, 413, 417, 431, 501].includes(answer.status) && answer.body.length === 0;
  }
};

const send = (request: RawRequest) => sendRaw(world.url, requestBytes(request), { breakOff: promisesMore(request) });

/** Announces a file, perhaps with lies, sends it to its signed address, perhaps broken, and completes it. Returns what is wrong. */
async function sendToSignedAddress(draw: Draw): Promise<string | undefined> {
  const bytes = hostilePicture(draw, samples, mixins);
  const file = {
    fileName: wildText(draw),
    byteSize: draw.chance(0.8) ? bytes.length : draw.pick([0, 1, bytes.length + 1, 199_999, 2 ** 31 - 1]),
    sha256: draw.pick([null, digest(bytes), digest(bytes), '0'.repeat(64), 'x']),
  };
  const { body } = await editor.raw(
    `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields}
      ... on CreateImageUploadsPayload { results { ... on ImageUpload { id uploadUrl } ... on UploadRefused { error { ${userErrorFields} } } } } } }`,
    { input: { projectId: project.id, files: [file] } },
  );
  const announced = body.data?.createImageUploads;
  if (announced?.code) return undefined;
  const upload = announced?.results[0];
  if (!upload) return `the announcement was answered ${JSON.stringify(body)}`;
  if (upload.error) return undefined;
  const url = new URL(upload.uploadUrl);
  const path = draw.chance(0.9)
    ? url.pathname + url.search
    : mutateBytes(Buffer.from(url.pathname + url.search), draw, bytes)
        .toString('latin1')
        .replaceAll(/[\0-\x20\x7f-\xff]/g, '!');
  const sent = draw.chance(0.9) ? bytes : bytes.subarray(0, draw.integer(bytes.length + 1));
  const headers = [
    ...lengthHeader(sent, draw),
    ['content-type', draw.pick(['image/jpeg', 'text/html', '\xff', ''])],
  ] as const;
  const answer = await send({ method: 'PUT', path, headers, body: sent });
  if (answer.status >= 500 || (answer.status >= 400 && !refusal(answer)) || leakIn(answer.body.toString()))
    return `PUT was answered ${answer.head}\n${answer.body.toString()}`;
  const { body: completed } = await editor.raw(
    `mutation ($ids: [ID!]!) { completeImageUploads(uploadIds: $ids) { ${userErrorFields} ... on CompleteImageUploadsPayload { results {
      ... on CompletedImageUpload { image { width sha256 } } ... on ImageUploadRefused { error { ${userErrorFields} } } } } } }`,
    { ids: [upload.id] },
  );
  const result = completed.data?.completeImageUploads?.results?.[0];
  if (!result?.image && !result?.error?.code) return `the completion was answered ${JSON.stringify(completed)}`;
  if (result.image && file.sha256 !== null && result.image.sha256 !== file.sha256)
    return 'an image has other bytes than were announced';
  return undefined;
}

/** One or more files as a form, which may be broken anywhere. Returns what is wrong. */
async function sendForm(draw: Draw): Promise<string | undefined> {
  const { type, body } = hostileForm(draw, 'image', samples, mixins);
  const headers = [
    ['authorization', draw.chance(0.95) ? `Bearer ${editor.token}` : 'Bearer exm_x'],
    ['content-type', type],
    ...lengthHeader(body, draw),
  ] as const;
  const id = draw.chance(0.95) ? project.id : encodeURIComponent(wildText(draw).toWellFormed());
  const path = `/projects/${id}/images${draw.pick(['', '', '?label=cat', '?label=%00', '?label=%'])}`;
  const answer = await send({ method: 'POST', path, headers, body });
  if (answer.status >= 500 || (answer.status >= 400 && !refusal(answer)) || leakIn(answer.body.toString()))
    return `POST was answered ${answer.head}\n${answer.body.toString()}\n${body.subarray(0, 300).toString('latin1')}`;
  if (answer.status === 200)
    for (const { imageId, error } of JSON.parse(answer.body.toString()).results)
      if (typeof imageId !== 'string' && typeof error?.code !== 'string')
        return `a file was answered ${answer.body.toString()}`;
  return undefined;
}

test(
  'whatever is sent as a picture becomes a whole image or is refused by a code, and nothing half is stored',
  { timeout: fuzzMilliseconds },
  async () => {
    const findings = new Findings();
    for (const { index, draw } of fuzzCases(5, 300)) {
      const wrong = await ending(draw.chance(0.5) ? sendToSignedAddress(draw) : sendForm(draw)).catch(
        (error: Error) => error.stack!,
      );
      if (wrong) findings.add(index, wrong);
      for (const defect of defects.splice(0)) findings.add(index, `a defect: ${defect}`);
    }
    expect(findings.shown).toEqual([]);
    const { status } = await fetch(`${world.url}/ready`);
    expect(status).toBe(200);
    await expectExactCounts(world, project.id);
    await expectRowsAndObjectsAlike();
  },
);

/** Each image has its three objects, each of which can be read, and there is no object beside them and those that wait to be completed. */
async function expectRowsAndObjectsAlike(): Promise<void> {
  const { db, objects, config } = world.platform;
  const images = await db.execute<{ project_id: string; sha256: Buffer }>(sql`select project_id, sha256 from image`);
  const uploads = await db.execute<{ project_id: string; id: string }>(
    sql`select project_id, id from image_upload where completed_at is null`,
  );
  expect(images.length).toBeGreaterThan(20);
  const expected = new Set<string>();
  for (const { project_id: projectId, sha256 } of images) {
    for (const form of imageForms) expected.add(imageKey(projectId, sha256, form));
    const original = await objects.get(imageKey(projectId, sha256, 'original'));
    expect(digest(original)).toBe(sha256.toString('hex'));
    await sharp(await objects.get(imageKey(projectId, sha256, 'normalised')))
      .raw()
      .toBuffer();
    await sharp(await objects.get(imageKey(projectId, sha256, 'thumbnail')))
      .raw()
      .toBuffer();
  }
  const waiting = new Set(uploads.map(({ project_id: projectId, id }) => uploadKey({ projectId, id })));
  const files = await readdir(config.objectsDirectory, { recursive: true, withFileTypes: true });
  const found = files
    .filter((entry) => entry.isFile())
    .map((entry) => relative(config.objectsDirectory, join(entry.parentPath, entry.name)));
  expect(found.filter((key) => !waiting.has(key)).sort()).toEqual([...expected].sort());
}
