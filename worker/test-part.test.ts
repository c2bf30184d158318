import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { imageKey } from '#core/images/image-row.ts';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World } from '#test/world.ts';

const evaluated = `split imageCount accuracy confusionMatrix unfamiliarCount
  classStatistics { labelName support truePositives }
  confidence { temperature calibrationErrorBefore calibrationErrorAfter }
  calibration { temperatures before { expectedCalibrationError } after { expectedCalibrationError crossEntropy brier bins { lower upper count confidence accuracy } } }
  atThreshold(threshold: 0) { imageCount acceptedCount coverage precision }
  images(first: 10) { nodes { imageId actual { name } predicted { name } probabilities unfamiliarity isUnfamiliar } }`;
const outcome = `query ($id: ID!) { training(id: $id) { state failure { code } datasetVersion { trainCount validationCount testCount }
  modelVersion { id modelSha256 unfamiliarityThreshold evaluation { ${evaluated} } testEvaluation { ${evaluated} } } } }`;
const predict = `mutation ($input: PredictInput!) { predict(input: $input) { ${userErrorFields}
  ... on Prediction { predictedLabel unfamiliarity isUnfamiliar } } }`;

describe('the test part of a dataset version', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ worker: true });
  });
  afterAll(() => world.close());

  const train = async (projectId: string) => {
    const config = { testRatio: 0.2, preference: 'PERFORMANCE_FIRST' };
    const { id } = await world.startTraining(projectId, config);
    const events = await collect(watchOverSse(world.admin, id));
    return { events, training: (await world.admin.ask(outcome, { id })).training };
  };

  test('is judged by the finished model, image by image, and stored with it', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const { events, training } = await train(project.id);
    expect(training).toMatchObject({
      state: 'COMPLETED',
      datasetVersion: { trainCount: 12, validationCount: 4, testCount: 4 },
    });
    const { modelVersion } = training;
    const { evaluation, testEvaluation } = modelVersion;
    expect(evaluation).toMatchObject({ split: 'VALIDATION', imageCount: 4 });
    expect(testEvaluation).toMatchObject({ split: 'TEST', imageCount: 4 });
    const idsOf = ({ images }: { images: { nodes: { imageId: string }[] } }) =>
      images.nodes.map((each) => each.imageId);
    expect(new Set([...idsOf(evaluation), ...idsOf(testEvaluation)]).size).toBe(8);
    for (const each of [evaluation, testEvaluation]) {
      const right = each.images.nodes.filter(
        (image: { actual: unknown; predicted: unknown }) =>
          JSON.stringify(image.actual) === JSON.stringify(image.predicted),
      );
      expect(each.accuracy).toBe(right.length / 4);
      expect(each.classStatistics.map(({ support }: { support: number }) => support)).toEqual([2, 2]);
      expect(each.confusionMatrix.flat().reduce((sum: number, cell: number) => sum + cell)).toBe(4);
      expect(each.atThreshold).toEqual({ imageCount: 4, acceptedCount: 4, coverage: 1, precision: each.accuracy });
      const { temperatures, before, after } = each.calibration;
      expect(temperatures).toEqual([each.confidence.temperature]);
      expect(before.expectedCalibrationError).toBe(each.confidence.calibrationErrorBefore);
      expect(after.expectedCalibrationError).toBe(each.confidence.calibrationErrorAfter);
      expect(after.bins).toHaveLength(15);
      expect(after.bins.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(4);
      const unfamiliar = each.images.nodes.filter((image: { isUnfamiliar: boolean }) => image.isUnfamiliar);
      expect(each.unfamiliarCount).toBe(unfamiliar.length);
      for (const { unfamiliarity, isUnfamiliar } of each.images.nodes)
        expect(isUnfamiliar).toBe(unfamiliarity > modelVersion.unfamiliarityThreshold);
    }
    // Too few validation images to promise anything: the threshold is above them all.
    expect(evaluation.unfamiliarCount).toBe(0);
    const told = events.find((event) => event.__typename === 'TrainingEvaluated')!;
    expect(told.metrics.accuracy).toBe(evaluation.accuracy);
    expect(told.testMetrics.accuracy).toBe(testEvaluation.accuracy);

    const [image] = testEvaluation.images.nodes;
    const answer = await world.admin.must(predict, {
      input: { modelVersionId: modelVersion.id, imageId: image.imageId },
    });
    expect(answer.predictedLabel).toBe(image.predicted[0].name);
    expect(answer.unfamiliarity).toBeCloseTo(image.unfamiliarity, 3);
    expect(answer.isUnfamiliar).toBe(image.isUnfamiliar);
  });

  test('changes nothing of the model, be its images others or gone', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const before = await train(project.id);
    const testImages = await world.platform.db.execute<{ sha256: Buffer }>(
      sql`select v.sha256 from dataset_version_image v join dataset_version d on d.id = v.dataset_version_id
        where v.split = 'TEST' and d.project_id = ${project.id.replace('Project_', '')}`,
    );
    expect(testImages).toHaveLength(4);
    const keys = testImages.map(({ sha256 }) => imageKey(project.id.replace('Project_', ''), sha256, 'normalised'));
    const { objects } = world.platform;
    const others = await Promise.all(keys.map((key) => objects.get(key)));
    // Each shows what another did: cats are dogs now.
    for (const [at, key] of keys.entries()) await objects.put(key, others[(at + 2) % 4]!);
    const changed = await train(project.id);
    expect(changed.training.state).toBe('COMPLETED');
    expect(changed.training.modelVersion.modelSha256).toBe(before.training.modelVersion.modelSha256);
    const answersOf = ({ training }: typeof before) =>
      training.modelVersion.testEvaluation.images.nodes.map((each: { probabilities: number[] }) => each.probabilities);
    expect(answersOf(changed)).not.toEqual(answersOf(before));
    expect(changed.training.modelVersion.evaluation.images).toEqual(before.training.modelVersion.evaluation.images);

    for (const key of keys) await objects.delete(key);
    const without = await train(project.id);
    expect(without.training).toMatchObject({ state: 'COMPLETED', failure: null });
    expect(without.training.modelVersion.modelSha256).toBe(before.training.modelVersion.modelSha256);
    expect(without.training.modelVersion.testEvaluation).toBeNull();
    expect(without.events).toContainEqual(
      expect.objectContaining({ level: 'WARN', message: expect.stringContaining('4 of 4 test pictures') as string }),
    );
    expect(without.events.find((event) => event.__typename === 'TrainingEvaluated')!.testMetrics).toBeNull();
  });
});
