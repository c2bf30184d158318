import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3Client } from '#core/platform/objects/s3-store.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { s3ServerProgram, startS3Server, type TestS3Server } from '#test/s3-server.ts';
import { World } from '#test/world.ts';

describe.skipIf(s3ServerProgram === undefined)(
  'an installation on a real S3 server (skipped: no S3 server, where none is named)',
  () => {
    let server: TestS3Server;
    let world: World;
    beforeAll(async () => {
      server = await startS3Server();
      const { endpoint, bucket, accessKey, secretKey } = server.options;
      world = await World.open({
        worker: true,
        environment: {
          EXEMPLAR_S3_ENDPOINT: endpoint,
          EXEMPLAR_S3_BUCKET: bucket,
          EXEMPLAR_S3_ACCESS_KEY: accessKey,
          EXEMPLAR_S3_SECRET_KEY: secretKey,
        },
      });
    });
    afterAll(async () => {
      await world?.close();
      await server?.close();
    });

    const keys = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const { name } of s3Client(server.options).listObjectsV2(
        server.options.bucket,
        '',
        true,
      ) as AsyncIterable<{ name?: string }>)
        found.push(name!);
      return found;
    };

    test('takes pictures, shows them, trains, predicts and deletes', async () => {
      const project = await world.project({ labels: ['circle', 'square'], images: 8 });
      const { id } = await world.startTraining(project.id, { preference: 'BALANCE' });
      const events = await collect(watchOverSse(world.admin, id));
      expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
      const { training, project: shown } = await world.admin.ask(
        `query ($id: ID!, $project: ID!) { training(id: $id) { modelVersion { id evaluation { imageCount } } }
        project(id: $project) { images(first: 1) { nodes { id url(form: THUMBNAIL) } } } }`,
        { id, project: project.id },
      );
      expect(training.modelVersion.evaluation.imageCount).toBeGreaterThan(0);
      const [image] = shown.images.nodes;
      const response = await fetch(image.url);
      expect(response.headers.get('content-type')).toMatch(/^image\//);
      expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('content-length')));
      const { predict } = await world.admin.ask(
        `mutation ($input: PredictInput!) { predict(input: $input) { ... on Prediction { scores { probability } } } }`,
        { input: { modelVersionId: training.modelVersion.id, imageId: image.id } },
      );
      expect(predict.scores).toHaveLength(2);
      expect((await keys()).some((key) => key.endsWith('model.onnx'))).toBe(true);
      await world.admin.must(
        `mutation ($id: ID!) { deleteProject(id: $id) { ... on DeletedProject { id: __typename } } }`,
        {
          id: project.id,
        },
      );
      // What a project had goes in the background.
      await expect.poll(keys, { timeout: 20_000 }).toEqual([]);
    });
  },
);
