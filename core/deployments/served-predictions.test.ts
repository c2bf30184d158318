import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { act, change, deploy, trainedProject, type Selected, type TrainedProject } from '#test/deployments.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';
import { deleteExpiredPredictions } from './served-predictions.ts';
import { servedPictureKey } from './store-predictions.ts';

describe('kept predictions', () => {
  let world: World;
  let project: TrainedProject;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await trainedProject(world);
  });
  afterAll(() => world.close());

  const keeper = () => deploy(world, project.id, { modelVersionId: project.versions[0]!, storeHours: 24 });
  const call = async (
    { name }: Selected,
    numbers: readonly number[],
    { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
  ): Promise<Selected[]> => {
    const data = new FormData();
    for (const number of numbers)
      data.append('images', new Blob([new Uint8Array(await drawPicture(number % 2, number))]), `${number}.jpg`);
    const response = await fetch(`${world.url}/deployments/${name}/predict${query}`, {
      method: 'POST',
      body: data,
      headers: { authorization: `Bearer ${world.admin.token}`, ...headers },
    });
    expect(response.status).toBe(200);
    const body: Selected = await response.json();
    return body.results;
  };
  const list = async ({ id }: Selected, args: Record<string, unknown> = {}): Promise<Selected> => {
    const { deployment } = await world.admin.ask(
      `query ($id: ID!, $filter: ServedPredictionFilter, $first: Int, $after: String) { deployment(id: $id) {
        predictions(filter: $filter, first: $first, after: $after) { pageInfo { hasNextPage endCursor }
          nodes { id fileName uncertainty decision pictureUrl imageId modelVersion { id } scores { labelName probability } } } } }`,
      { id, ...args },
    );
    return deployment.predictions;
  };
  const add = async (deployment: Selected, predictionIds: readonly string[]): Promise<Selected[]> => {
    const { results } = await world.admin.must(
      `mutation ($input: AddPredictionsToProjectInput!) { addPredictionsToProject(input: $input) { ${userErrorFields}
        ... on AddPredictionsPayload { results { __typename
          ... on AddedPrediction { isNew image { id fileName annotations { label { id } } origin { deploymentId modelVersionId predictedLabelId probability } } }
          ... on PredictionNotAdded { predictionId error { ${userErrorFields} } } } } } }`,
      { input: { deploymentId: deployment.id, predictionIds } },
    );
    return results;
  };
  const objectOf = (predictionId: string) =>
    world.platform.objects.size(
      servedPictureKey(project.id.replace('Project_', ''), predictionId.replace('ServedPrediction_', '')),
    );

  test('are there only where somebody wants them, and not of calls that forbid it', async () => {
    const silent = await deploy(world, project.id, { modelVersionId: project.versions[0]! });
    expect((await call(silent, [1]))[0]).not.toHaveProperty('predictionId');
    expect((await list(silent)).nodes).toEqual([]);
    const deployment = await keeper();
    for (const optOut of [{ query: '?store=no' }, { headers: { 'x-exemplar-store': 'no' } }])
      expect((await call(deployment, [1], optOut))[0]).not.toHaveProperty('predictionId');
    expect((await list(deployment)).nodes).toEqual([]);
    const [result] = await call(deployment, [1]);
    const { nodes } = await list(deployment);
    expect(nodes).toEqual([
      {
        id: result.predictionId,
        fileName: '1.jpg',
        uncertainty: expect.closeTo(result.uncertainty, 5),
        decision: result.decision,
        pictureUrl: expect.any(String),
        imageId: null,
        modelVersion: { id: project.versions[0] },
        scores: result.scores.map(({ label, probability }: Selected) => ({
          labelName: label,
          probability: expect.closeTo(probability, 5),
        })),
      },
    ]);
    const bytes = Buffer.from(await (await fetch(nodes[0].pictureUrl)).arrayBuffer());
    expect(bytes.equals(await drawPicture(1, 1))).toBe(true);
  });

  test('are listed the most uncertain first, page by page, each once, by what they are', async () => {
    const deployment = await keeper();
    await call(
      deployment,
      Array.from({ length: 9 }, (_, number) => 400 + number),
    );
    // Equal ones too: the cursor must tell them apart.
    await world.platform.db.execute(
      sql`update served_prediction set uncertainty = 0.25 where file_name in ('401.jpg', '402.jpg', '403.jpg', '404.jpg')`,
    );
    const all = (await list(deployment, { first: 100 })).nodes;
    expect(all).toHaveLength(9);
    const uncertainties = all.map(({ uncertainty }: Selected) => uncertainty);
    expect(uncertainties).toEqual(uncertainties.toSorted((one: number, other: number) => other - one));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Selected = await list(deployment, { first: 2, after });
      seen.push(...page.nodes.map(({ id }: Selected) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.map(({ id }: Selected) => id));
    const equal = await list(deployment, { filter: { minimumUncertainty: 0.25, maximumUncertainty: 0.25 } });
    expect(equal.nodes.length).toBeGreaterThanOrEqual(4);
    for (const decision of ['ACCEPT', 'REVIEW', 'UNKNOWN'])
      expect((await list(deployment, { filter: { decision }, first: 100 })).nodes).toEqual(
        all.filter((each: Selected) => each.decision === decision),
      );
    expect((await list(deployment, { filter: { isAdded: true } })).nodes).toEqual([]);
    const { body } = await world.admin.raw(
      'query ($id: ID!) { deployment(id: $id) { predictions(after: "nonsense") { nodes { id } } } }',
      { id: deployment.id },
    );
    expect(body.errors).toMatchObject([{ extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
  });

  test('become images to label, that know where they came from, once each', async () => {
    const deployment = await keeper();
    const [one, known] = await call(deployment, [500, 501]);
    await world.upload(project.id, [{ fileName: 'had.jpg', bytes: await drawPicture(1, 501) }]);
    const other = await keeper();
    const [foreign] = await call(other, [502]);
    const ids = [one.predictionId, known.predictionId, foreign.predictionId, 'nonsense'];
    const results = await add(deployment, ids);
    expect(results).toEqual([
      {
        __typename: 'AddedPrediction',
        isNew: true,
        image: {
          id: expect.stringMatching(/^Image_/),
          fileName: '500.jpg',
          annotations: [],
          origin: {
            deploymentId: deployment.id,
            modelVersionId: project.versions[0],
            predictedLabelId: one.scores[0].labelId,
            probability: expect.closeTo(one.scores[0].probability, 5),
          },
        },
      },
      expect.objectContaining({
        isNew: false,
        image: expect.objectContaining({ fileName: 'had.jpg', origin: null }),
      }),
      {
        __typename: 'PredictionNotAdded',
        predictionId: foreign.predictionId,
        error: expect.objectContaining({ code: 'NOT_FOUND' }),
      },
      expect.objectContaining({ __typename: 'PredictionNotAdded' }),
    ]);
    const again = await add(deployment, ids.slice(0, 1));
    expect(again[0]).toMatchObject({
      isNew: false,
      image: { id: results[0].image.id, origin: { deploymentId: deployment.id } },
    });
    const added = await list(deployment, { filter: { isAdded: true } });
    expect(added.nodes.map(({ imageId }: Selected) => imageId).sort()).toEqual(
      [results[0].image.id, results[1].image.id].sort(),
    );
  });

  test('are gone with their pictures when their time is over or their deployment deleted', async () => {
    const deployment = await keeper();
    const [old, young] = await call(deployment, [600, 601]);
    await world.platform.db.execute(
      sql`update served_prediction set expires_at = now() where id = ${old.predictionId.replace('ServedPrediction_', '')}`,
    );
    expect((await list(deployment)).nodes.map(({ id }: Selected) => id)).toEqual([young.predictionId]);
    expect((await add(deployment, [old.predictionId]))[0]).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await objectOf(old.predictionId)).toBeGreaterThan(0);
    await deleteExpiredPredictions(world.platform);
    expect(await objectOf(old.predictionId)).toBeUndefined();
    expect(await objectOf(young.predictionId)).toBeGreaterThan(0);
    await act(world.admin, 'deleteDeployment', deployment.id);
    await deleteExpiredPredictions(world.platform);
    expect(await objectOf(young.predictionId)).toBeUndefined();
  });

  test('are decided by what the deployment accepts', async () => {
    const deployment = await deploy(world, project.id, { modelVersionId: project.versions[0]!, acceptFrom: 0 });
    expect((await call(deployment, [1]))[0].decision).toBe('ACCEPT');
    await change(world.admin, 'updateDeployment', { id: deployment.id, acceptFrom: 1 });
    expect((await call(deployment, [1]))[0].decision).toBe('REVIEW');
  });
});
