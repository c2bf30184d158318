import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servedPictureKey } from '#core/deployments/store-predictions.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { deploy, trainedProject, type Selected, type TrainedProject } from '#test/deployments.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';
import type { Draw } from './draw.ts';
import { ending, Findings } from './findings.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { hostileForm } from './hostile-form.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { deepened, mutateValue } from './mutate-json.ts';
import { hostilePicture, pictureMixins, pictureSamples } from './picture-samples.ts';
import { lengthHeader, promisesMore, requestBytes, sendRaw, type RawAnswer } from './raw-http.ts';
import { leakIn, watchDefects } from './watched-log.ts';
import { wildText } from './wild-text.ts';

const mostBytes = 400_000;
const labels = ['cat', 'dog'];

let world: World;
let project: TrainedProject;
let service: Selected;
let applicationToken: string;
let stranger: ApiClient;
let samples: Buffer[];
let mixins: Buffer[];
let defects: string[];
beforeAll(async () => {
  world = await World.open({
    worker: true,
    environment: {
      EXEMPLAR_MAX_IMAGE_BYTES: '200000',
      EXEMPLAR_MAX_IMAGE_SIDE: '4000',
      EXEMPLAR_MAX_PREDICTION_BYTES: String(mostBytes),
    },
  });
  project = await trainedProject(world, 1, { labels });
  service = await deploy(world, project.id, { modelVersionId: project.versions[0]!, storeHours: 1 });
  const created = await world.admin.must(
    `mutation ($input: CreateDeploymentTokenInput!) { createDeploymentToken(input: $input) { ${userErrorFields} ... on CreatedAccessToken { token } } }`,
    { input: { deploymentId: service.id, name: 'application' } },
  );
  applicationToken = created.token;
  stranger = await world.user();
  [samples, mixins] = await Promise.all([pictureSamples(), pictureMixins()]);
  defects = watchDefects(world.platform.log);
});
afterAll(() => world.close());

/** Each form by its address, and what its answers of 200 must be like. */
const forms: readonly { path: () => string; field: string; isAnswer: (body: Selected) => boolean }[] = [
  {
    path: () => `/deployments/${service.name}/predict`,
    field: 'images',
    isAnswer: ({ deployment, results }) =>
      deployment === service.name &&
      results.length > 0 &&
      results.every(
        ({ fileName, error, predictedLabel, scores }: Selected) =>
          typeof fileName === 'string' &&
          (error ? isRefusal(error) : labels.includes(predictedLabel) && scores.every(hasProbability)),
      ),
  },
  {
    path: () => `/v1/infers/${service.id}`,
    field: 'images',
    isAnswer: ({ predicted_label: label, scores }) =>
      labels.includes(label) && scores.every(([, probability]: Selected) => hasProbability({ probability })),
  },
  {
    path: () => `/customvision/v3.0/Prediction/${project.id}/classify/iterations/${service.name}/image`,
    field: 'imageData',
    isAnswer: ({ id, predictions }) => typeof id === 'string' && predictions.every(hasProbability),
  },
];

const hasProbability = ({ probability }: Selected) => probability >= 0 && probability <= 1;
const isRefusal = (body: Selected) =>
  typeof (body?.code ?? body?.error_code) === 'string' && typeof (body?.message ?? body?.error_msg) === 'string';

/** Pictures in one of the ways that a call may bring them, with the type they are sent as. */
function drawBody(draw: Draw, field: string): { type: string; body: Buffer } {
  const picture = () => (draw.chance(0.5) ? draw.pick(samples) : hostilePicture(draw, samples, mixins));
  switch (draw.integer(3)) {
    case 0:
      return hostileForm(draw, field, samples, mixins);
    case 1: {
      const images = draw.some(3, () => {
        const base64 = `${draw.pick(['', '', 'data:image/png;base64,', 'data:,'])}${picture().toString('base64')}`;
        return draw.chance(0.5) ? base64 : { base64, fileName: wildText(draw) };
      });
      const text = deepened(JSON.stringify(draw.chance(0.5) ? { images } : mutateValue({ images }, draw)));
      const body = Buffer.from(text);
      return { type: 'application/json', body: draw.chance(0.8) ? body : mutateBytes(body, draw, Buffer.from('"}]')) };
    }
    default: {
      const type = [
        '',
        'image/jpeg',
        'image/svg+xml',
        'application/octet-stream',
        'application/octet-stream',
        'IMAGE/',
        '\xff',
      ];
      return { type: draw.pick(type), body: picture() };
    }
  }
}

/** One call, which may be broken in any part. Returns what is wrong with its answer. */
async function callOnce(draw: Draw, told: Set<string>, tally: Record<string, number>): Promise<string | undefined> {
  const { path, field, isAnswer } = draw.pick(forms);
  const token = draw.pick(draw.chance(0.85) ? [world.admin.token!, applicationToken] : [stranger.token!, 'exm_x', '']);
  const { type, body } = drawBody(draw, field);
  const headers: [string, string][] = [
    draw.chance(0.5) ? ['authorization', `Bearer ${token}`] : [draw.pick(['x-auth-token', 'prediction-key']), token],
    ['content-type', type],
    ['x-exemplar-store', draw.pick(['no', 'yes', ''])],
    ...(draw.chance(0.6)
      ? [['content-length', String(body.length)] satisfies [string, string]]
      : lengthHeader(body, draw)),
  ];
  const query = draw.pick(['', '', '', '', '/nostore', '?top=1', '?top=-1', '?top=1e9', '?store=no', '?%00', '?top=%']);
  const target = draw.chance(0.9)
    ? path()
    : mutateBytes(Buffer.from(path()), draw, Buffer.from('%2f..%00'))
        .toString('latin1')
        .replaceAll(/[^!-~]/g, '!');
  const request = { method: 'POST', path: `${target}${query}`, headers, body };
  const answer = await sendRaw(world.url, requestBytes(request), { breakOff: promisesMore(request) });
  tally[answer.status] = (tally[answer.status] ?? 0) + 1;
  const shown = () => `${answer.head}\n${answer.body.toString()}\n${target} ${type}`;
  if (answer.status >= 500 || leakIn(answer.body.toString())) return `was answered ${shown()}`;
  if (answer.status === 200) {
    if (token === stranger.token || !token.startsWith('exm_')) return `answered who may not call: ${shown()}`;
    const said = JSON.parse(answer.body.toString());
    if (!isAnswer(said)) return `an answer that is none: ${shown()}`;
    for (const { predictionId } of said.results ?? []) if (predictionId) told.add(predictionId.split('_')[1]);
  } else if (answer.status >= 400 && !isRefused(answer)) return `was refused without a code: ${shown()}`;
  return undefined;
}

function isRefused({ status, body }: RawAnswer): boolean {
  // Node's own answers to what is no HTTP have no body.
  if (body.length === 0) return [400, 408, 413, 417, 431, 501].includes(status);
  return isRefusal(JSON.parse(body.toString()));
}

test(
  'whatever is sent to a deployment is answered or refused by a code, and what is kept is whole',
  { timeout: fuzzMilliseconds },
  async () => {
    const findings = new Findings();
    const told = new Set<string>();
    const tally: Record<string, number> = {};
    for (const { index, draw } of fuzzCases(9, 400)) {
      const wrong = await ending(callOnce(draw, told, tally)).catch((error: Error) => error.stack!);
      if (wrong) findings.add(index, wrong);
      for (const defect of defects.splice(0)) findings.add(index, `a defect: ${defect}`);
    }
    console.log(`predictions: ${JSON.stringify(tally)}`);
    expect(findings.shown).toEqual([]);
    await expectRoomForAll();
    await expectKept(told);
  },
);

/** Nothing holds a place in the queue or bytes any more: as much as a server takes is taken. */
async function expectRoomForAll(): Promise<void> {
  await expect.poll(() => world.server.inference.pictures).toBe(0);
  const bytes = await drawPicture(0, 1);
  const padded = Buffer.concat([bytes, Buffer.alloc(190_000 - bytes.length)]);
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const data = new FormData();
      for (const name of ['a', 'b']) data.append('images', new Blob([new Uint8Array(padded)]), name);
      const headers = { authorization: `Bearer ${applicationToken}`, 'x-exemplar-store': 'no' };
      const url = `${world.url}/deployments/${service.name}/predict`;
      const response = await fetch(url, { method: 'POST', body: data, headers });
      return [response.status, (await response.json()).results.map(({ error }: Selected) => error)];
    }),
  );
  expect(answers).toEqual(answers.map(() => [200, [undefined, undefined]]));
}

/** Each kept prediction has its picture, there is no picture beside them, and all that callers were told of are there. */
async function expectKept(told: ReadonlySet<string>): Promise<void> {
  const { db, objects, config } = world.platform;
  const rows = await db.execute<{ id: string; byte_size: number }>(sql`select id, byte_size from served_prediction`);
  const [first] = rows;
  expect(told.size).toBeGreaterThan(5);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...told]));
  const keyOf = (id: string) => servedPictureKey(project.id.split('_')[1]!, id);
  for (const { id, byte_size: size } of rows) expect((await objects.get(keyOf(id))).byteLength).toBe(size);
  const kept = await readdir(join(config.objectsDirectory, dirname(keyOf(first!.id))));
  expect(kept.sort()).toEqual(rows.map(({ id }) => id).sort());
}
