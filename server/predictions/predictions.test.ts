import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClassifier } from '#engine/inference/index.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { act, change, deploy, trainedProject, type Selected, type TrainedProject } from '#test/deployments.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Selected;
}

describe('calls of a deployment', () => {
  let world: World;
  let project: TrainedProject;
  let service: Selected;
  let stranger: ApiClient;
  beforeAll(async () => {
    world = await World.open({
      worker: true,
      environment: {
        EXEMPLAR_MAX_IMAGE_BYTES: '100000',
        EXEMPLAR_MAX_IMAGE_SIDE: '2000',
        EXEMPLAR_MAX_PREDICTION_BYTES: '400000',
      },
    });
    project = await trainedProject(world);
    service = await deploy(world, project.id, { modelVersionId: project.versions[0]! });
    stranger = await world.user();
  });
  afterAll(() => world.close());

  const post = async (
    path: string,
    body: BodyInit,
    headers: Record<string, string> = { authorization: `Bearer ${world.admin.token}` },
  ): Promise<Answered> => {
    const response = await fetch(`${world.url}${path}`, { method: 'POST', body, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) };
  };
  const own = (body: BodyInit, headers: Record<string, string> = {}, query = '') =>
    post(`/deployments/${service.name}/predict${query}`, body, {
      authorization: `Bearer ${world.admin.token}`,
      ...headers,
    });
  const form = (files: readonly (readonly [string, Uint8Array])[]): FormData => {
    const data = new FormData();
    for (const [name, bytes] of files) data.append('images', new Blob([new Uint8Array(bytes)]), name);
    return data;
  };
  const picture = async (label = 0, number = 100) => new Uint8Array(await drawPicture(label, number));

  test('answer alike to a form, a body and base64, and as the model file does', async () => {
    const bytes = await picture(1);
    const answers = await Promise.all([
      own(form([['a.jpg', bytes]])),
      own(new Blob([bytes]), { 'content-type': 'image/jpeg' }),
      own(new Blob([bytes]), { 'content-type': 'application/x-www-form-urlencoded' }),
      own(JSON.stringify({ images: [Buffer.from(bytes).toString('base64')] }), { 'content-type': 'application/json' }),
      own(JSON.stringify({ images: [{ base64: `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}` }] }), {
        'content-type': 'application/json',
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const [first, ...others] = answers.map(({ body }) => body.results[0].scores);
    for (const other of others) expect(other).toEqual(first);
    expect(answers[0].body).toMatchObject({
      deployment: service.name,
      modelVersion: { id: project.versions[0], versionName: 'V001' },
      results: [{ fileName: 'a.jpg', decision: expect.stringMatching(/^(ACCEPT|REVIEW)$/) }],
    });

    const [imageId] = await world.upload(project.id, [{ fileName: 'a.jpg', bytes: Buffer.from(bytes) }]);
    const { image, modelVersion } = await world.admin.ask(
      'query ($image: ID!, $version: ID!) { image(id: $image) { url(form: NORMALISED) } modelVersion(id: $version) { modelUrl } }',
      { image: imageId, version: project.versions[0] },
    );
    const [jpeg, file] = await Promise.all(
      [image.url, modelVersion.modelUrl].map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
    );
    const classifier = await openClassifier(file!);
    const expected = [...(await classifier.classifyPicture(jpeg!)).probabilities];
    await classifier.close();
    for (const { label, probability } of first)
      expect(probability).toBeCloseTo(expected[['cat', 'dog'].indexOf(label)]!, 5);

    const quick = await world.admin.must(
      `mutation ($input: PredictInput!) { predict(input: $input) { ${userErrorFields} ... on Prediction { scores { labelName probability } } } }`,
      { input: { modelVersionId: project.versions[0], imageId } },
    );
    for (const { labelName, probability } of quick.scores)
      expect(probability).toBeCloseTo(expected[['cat', 'dog'].indexOf(labelName)]!, 5);
  });

  test('take 64 pictures, keep their order, and refuse 65', async () => {
    const files = await Promise.all(
      Array.from({ length: 64 }, async (_, number) => [`${number}.jpg`, await picture(number % 2, number)] as const),
    );
    const { status, body } = await own(form(files));
    expect(status).toBe(200);
    expect(body.results.map((result: Selected) => result.fileName)).toEqual(files.map(([name]) => name));
    const alone = await own(form([files[63]!]));
    expect(body.results[63].scores[0].probability).toBeCloseTo(alone.body.results[0].scores[0].probability, 5);
    const more = await own(form([...files, ['65.jpg', await picture()]]));
    expect(more).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    const json = await own(JSON.stringify({ images: Array(65).fill('AAAA') }), { 'content-type': 'application/json' });
    expect(json).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  test('have a typed error for each picture that is none, and answers for the others', async () => {
    const { status, body } = await own(
      form([
        ['good.jpg', await picture()],
        ['text.jpg', Buffer.from('no picture at all')],
        ['empty.jpg', new Uint8Array()],
        ['large.jpg', new Uint8Array(100_001)],
        ['cut.jpg', (await picture()).subarray(0, 500)],
        ['wide.bmp', bmpHeader(60_000, 1)],
        ['last.jpg', await picture(1)],
      ]),
    );
    expect(status).toBe(200);
    expect(body.results.map((result: Selected) => result.error?.refusal ?? result.predictedLabel)).toEqual([
      expect.stringMatching(/cat|dog/),
      'NOT_AN_IMAGE',
      'EMPTY',
      'TOO_MANY_BYTES',
      'DAMAGED',
      'SIDE_TOO_LONG',
      expect.stringMatching(/cat|dog/),
    ]);
    expect(body.results[1].error).toMatchObject({
      code: 'PICTURE_REFUSED',
      message: expect.stringContaining('text.jpg'),
    });
  });

  test.each([
    ['a form without its boundary', 'x', 'multipart/form-data', 400],
    [
      'a form that ends too early',
      '--b\r\ncontent-disposition: form-data; name="a"; filename="a"\r\n\r\nxx',
      'multipart/form-data; boundary=b',
      400,
    ],
    [
      'a form without a file',
      '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n',
      'multipart/form-data; boundary=b',
      400,
    ],
    ['no JSON', '{', 'application/json', 400],
    ['JSON without pictures', '{"images": []}', 'application/json', 400],
    ['an address instead of a picture', '{"images": [{"url": "http://127.0.0.1/"}]}', 'application/json', 400],
    ['another type', 'hello', 'text/plain', 400],
  ])('refuse %s', async (_, body, type, status) => {
    const answer = await own(body, { 'content-type': type });
    expect(answer).toMatchObject({ status, body: { code: 'VALIDATION_FAILED' } });
  });

  test.each([true, false])(
    'refuse a body larger than a call may be, announced: %s, and answer the next',
    async (isAnnounced) => {
      const status = await new Promise<number>((resolve, reject) => {
        const request = httpRequest(
          `${world.url}/deployments/${service.name}/predict`,
          { method: 'POST' },
          (response) => {
            response.resume();
            resolve(response.statusCode!);
          },
        );
        request.on('error', reject);
        request.setHeader('authorization', `Bearer ${world.admin.token}`);
        if (isAnnounced) request.setHeader('content-length', 400_001);
        request.write(Buffer.alloc(200_000));
        request.end(Buffer.alloc(200_001));
      });
      expect(status).toBe(413);
      expect((await own(new Blob([await picture()]))).status).toBe(200);
    },
  );

  test('leave no memory of pictures to the garbage collector', async () => {
    const bytes = Buffer.concat([await picture(), Buffer.alloc(90_000)]);
    const send = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const request = httpRequest(`${world.url}/deployments/${service.name}/predict`, { method: 'POST' });
        request.setHeader('authorization', `Bearer ${world.admin.token}`);
        request.on('error', reject);
        request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
        request.end(bytes);
      });
    expect(await send()).toBe(200);
    const before = process.memoryUsage().arrayBuffers;
    for (let number = 0; number < 40; number++) expect(await send()).toBe(200);
    // What requests consist of, what they were put together to and what goes to the process would be some 120 pictures.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * bytes.byteLength);
  });

  test('that break off harm nobody', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${world.url}/deployments/${service.name}/predict`, { method: 'POST' });
      request.on('error', () => resolve());
      request.setHeader('authorization', `Bearer ${world.admin.token}`);
      request.setHeader('content-length', 1000);
      request.write(Buffer.alloc(10), () => request.destroy(new Error('gone')));
    });
    expect((await own(new Blob([await picture()]))).status).toBe(200);
  });

  test('are refused without a token, and alike for what is not there and what is not theirs', async () => {
    const bytes = new Blob([await picture()]);
    expect(await post(`/deployments/${service.name}/predict`, bytes, {})).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
    const asStranger = { authorization: `Bearer ${stranger.token}` };
    const foreign = await post(`/deployments/${service.name}/predict`, bytes, asStranger);
    const unknown = await post('/deployments/nothing/predict', bytes, asStranger);
    expect(foreign.status).toBe(404);
    expect(JSON.stringify(foreign.body).replaceAll(service.name, '*')).toBe(
      JSON.stringify(unknown.body).replaceAll('nothing', '*'),
    );
    const { id } = service;
    const byId = await post(`/v1/infers/${id}`, bytes, { 'x-auth-token': stranger.token! });
    const byUnknownId = await post(`/v1/infers/${unknownId}`, bytes, { 'x-auth-token': stranger.token! });
    expect(byId.status).toBe(404);
    expect(JSON.stringify(byId.body).replaceAll(id.replace('Deployment_', ''), '*')).toBe(
      JSON.stringify(byUnknownId.body).replaceAll(unknownId.replace('Deployment_', ''), '*'),
    );
  });

  test('may be made by those who may only look', async () => {
    const viewer = await world.user({ project, role: 'VIEWER' });
    const { status } = await post(`/deployments/${service.name}/predict`, new Blob([await picture()]), {
      authorization: `Bearer ${viewer.token}`,
    });
    expect(status).toBe(200);
  });

  test('are made as applications of ModelArts make them', async () => {
    const id = service.id.replace('Deployment_', '');
    const answer = await post(`/v1/infers/${id}`, form([['flower.jpg', await picture()]]), {
      'x-auth-token': world.admin.token!,
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['predicted_label', 'scores']);
    expect(answer.body.scores).toHaveLength(2);
    expect(answer.body.scores[0]).toEqual([answer.body.predicted_label, expect.any(Number)]);
    expect(answer.body.scores[0][1]).toBeGreaterThanOrEqual(answer.body.scores[1][1]);
    const two = form([
      ['a.jpg', await picture()],
      ['b.jpg', await picture()],
    ]);
    expect(await post(`/v1/infers/${id}`, two, { 'x-auth-token': world.admin.token! })).toMatchObject({
      status: 400,
      body: { error_code: 'VALIDATION_FAILED', error_msg: expect.any(String) },
    });
    const none = form([['a.txt', Buffer.from('text')]]);
    expect(await post(`/v1/infers/${id}`, none, { 'x-auth-token': world.admin.token! })).toMatchObject({
      status: 400,
      body: { error_code: 'PICTURE_REFUSED' },
    });
  });

  test('are made as applications of Azure Custom Vision make them', async () => {
    const projectId = project.id.replace('Project_', '');
    const path = `/customvision/v3.0/Prediction/${projectId}/classify/iterations/${service.name}/image`;
    const headers = { 'Prediction-Key': world.admin.token!, 'content-type': 'application/octet-stream' };
    for (const address of [path, `${path}/nostore`, path.replace('v3.0', 'v3.1')]) {
      const { status, body } = await post(address, new Blob([await picture()]), headers);
      expect(status).toBe(200);
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        project: projectId,
        iteration: project.versions[0]!.replace('ModelVersion_', ''),
        created: expect.stringMatching(/^\d{4}-.*Z$/),
        predictions: expect.any(Array),
      });
      expect(body.predictions.map(({ tagName }: Selected) => tagName).sort()).toEqual(['cat', 'dog']);
      expect(body.predictions[0]).toEqual({
        probability: expect.any(Number),
        tagId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        tagName: expect.any(String),
        tagType: 'Regular',
      });
    }
    const other = path.replace(projectId, unknownId.replace('Deployment_', ''));
    expect((await post(other, new Blob([await picture()]), headers)).status).toBe(404);
    expect(await post(path, new Blob(['text']), headers)).toMatchObject({
      status: 400,
      body: { code: 'PICTURE_REFUSED', message: expect.any(String) },
    });
  });

  test('of a stopped deployment are refused until it is started', async () => {
    const other = await deploy(world, project.id, { modelVersionId: project.versions[0]! });
    const call = async () => (await post(`/deployments/${other.name}/predict`, new Blob([await picture()]))).status;
    expect(await call()).toBe(200);
    expect(await act(world.admin, 'stopDeployment', other.id)).toMatchObject({ state: 'STOPPED', stopCause: 'USER' });
    expect(await call()).toBe(409);
    expect(await change(world.admin, 'updateDeployment', { id: other.id, acceptFrom: 0.5 })).toMatchObject({
      acceptFrom: 0.5,
    });
    expect(await call()).toBe(409);
    expect(await act(world.admin, 'deleteDeployment', other.id)).toMatchObject({ __typename: 'DeletedDeployment' });
    expect(await call()).toBe(404);
  });
});

const unknownId = 'Deployment_00000000-0000-7000-8000-000000000000';

/** A BMP that is nothing but its announcement. */
function bmpHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(54 + 12);
  header.write('BM');
  header.writeUInt32LE(header.length, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return header;
}
