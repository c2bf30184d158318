import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { drawScene } from '#test/pictures.ts';
import { World } from '#test/world.ts';

const things = ['disc', 'square', 'bar'];
const readiness = `query ($id: ID!) { trainingReadiness(projectId: $id) { isReady blockers { code } warnings { code labelId }
  split { name trainCount validationCount } } }`;
const version = `query ($id: ID!) { training(id: $id) { state modelVersion { id classes { labelId name threshold }
  forgetting { labelName support recallBefore recallAfter }
  evaluation { imageCount accuracy macro { precision recall f1 } confusionMatrix
    calibration { temperatures after { expectedCalibrationError brier bins { count } } }
    thresholdCurve(points: 3) { threshold imageCount acceptedCount coverage precision }
    confidence { accuracy { lower upper } macroF1 { lower upper } temperature calibrationErrorBefore calibrationErrorAfter }
    classStatistics { classIndex labelId labelName support predictedCount truePositives precision recall f1 oneVsRestAccuracy threshold }
    images(first: 100) { nodes { imageId actual { name } predicted { name } probabilities } } } } } }`;
const predict = `mutation ($input: PredictInput!) { predict(input: $input) { ${userErrorFields}
  ... on Prediction { predictedLabel predictedLabels scores { labelName probability isPredicted } } } }`;

describe('a training of a multi-label project', () => {
  let world: World;
  let project: Awaited<ReturnType<typeof sceneProject>>;

  /** Scenes of three things in all combinations; those with none stay without a label. */
  const sceneProject = async (count: number) => {
    const made = await world.project({ labels: things, type: 'MULTI_LABEL' });
    const carried = Array.from({ length: count }, (_, index) => things.map((__, bit) => ((index >> bit) & 1) === 1));
    const files = await Promise.all(
      carried.map(async (each, index) => ({ fileName: `${index}.jpg`, bytes: await drawScene(each, index) })),
    );
    const ids = await world.upload(made.id, files);
    await world.annotate(
      made.id,
      ids.map((imageId, index) => ({
        imageId,
        labelIds: made.labels.filter((_, bit) => carried[index]![bit]).map(({ id }) => id),
      })),
    );
    return { ...made, ids };
  };
  const train = async (config: object = {}) => {
    const { id } = await world.startTraining(project.id, { preference: 'BALANCE', maxDurationMinutes: 6, ...config });
    const events = await collect(watchOverSse(world.admin, id));
    const { training } = await world.admin.ask(version, { id });
    expect(training.state).toBe('COMPLETED');
    return { events, model: training.modelVersion };
  };

  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await sceneProject(64);
  });
  afterAll(() => world.close());

  test('is ready with each label on both sides', async () => {
    const { trainingReadiness } = await world.admin.ask(readiness, { id: project.id });
    expect(trainingReadiness).toMatchObject({ isReady: true, blockers: [] });
    expect(trainingReadiness.warnings.map(({ code }: { code: string }) => code)).toContain('UNLABELLED_IGNORED');
    for (const { trainCount, validationCount } of trainingReadiness.split) {
      expect(trainCount + validationCount).toBe(32);
      expect(validationCount).toBeGreaterThanOrEqual(5);
      expect(validationCount).toBeLessThanOrEqual(8);
    }
  });

  test('tells each label on its own, streams its statistics, and answers as it was evaluated', async () => {
    const { events, model } = await train();
    const { evaluation } = model;
    expect(evaluation.macro.f1).toBeGreaterThan(0.8);
    expect(evaluation.confusionMatrix).toBeNull();
    for (const { threshold } of evaluation.classStatistics) expect(Math.abs(threshold - 0.5)).toBeLessThan(0.5);
    expect(model.classes.map((each: { threshold: number }) => each.threshold)).toEqual(
      evaluation.classStatistics.map((each: { threshold: number }) => each.threshold),
    );
    const { temperatures, after } = evaluation.calibration;
    expect(temperatures).toHaveLength(3);
    expect(after.bins.reduce((sum: number, bin: { count: number }) => sum + bin.count, 0)).toBe(
      3 * evaluation.imageCount,
    );
    expect(after.expectedCalibrationError).toBe(evaluation.confidence.calibrationErrorAfter);
    // Each label is at least as sure as a coin.
    expect(evaluation.thresholdCurve.map((point: { threshold: number }) => point.threshold)).toEqual([0, 0.5, 1]);
    for (const point of evaluation.thresholdCurve.slice(0, 2))
      expect(point).toMatchObject({ coverage: 1, precision: evaluation.accuracy });
    expect(evaluation.confidence.macroF1.lower).toBeLessThanOrEqual(evaluation.macro.f1);
    expect(evaluation.confidence.macroF1.upper).toBeGreaterThanOrEqual(evaluation.macro.f1);

    const epochs = events.filter((event) => event.__typename === 'TrainingEpochCompleted');
    expect(epochs.length).toBeGreaterThan(0);
    for (const { metrics } of epochs) {
      expect(metrics.classStatistics.map((each: { labelName: string }) => each.labelName)).toEqual(things);
      expect(metrics.confusionMatrix).toBeNull();
    }
    const evaluated = events.findLast((event) => event.__typename === 'TrainingEvaluated')!;
    const { classStatistics, accuracy, macro, imageCount } = evaluation;
    const shown = classStatistics.map(({ threshold: _threshold, ...each }: { threshold: number }) => each);
    expect(evaluated.metrics).toEqual({ classStatistics: shown, accuracy, macro, confusionMatrix: null, imageCount });

    // The stored answers give the stored statistics.
    const { nodes } = evaluation.images;
    const names = (list: { name: string }[]) => list.map(({ name }) => name);
    for (const [index, { support, predictedCount, truePositives }] of classStatistics.entries()) {
      const has = (list: { name: string }[]) => names(list).includes(things[index]!);
      expect(nodes.filter((node: { actual: { name: string }[] }) => has(node.actual))).toHaveLength(support);
      expect(nodes.filter((node: { predicted: { name: string }[] }) => has(node.predicted))).toHaveLength(
        predictedCount,
      );
      expect(
        nodes.filter(
          (node: { actual: { name: string }[]; predicted: { name: string }[] }) =>
            has(node.actual) && has(node.predicted),
        ),
      ).toHaveLength(truePositives);
    }
    const most = nodes.find((node: { predicted: unknown[] }) => node.predicted.length > 1);
    const { predict: answer } = await world.admin.ask(predict, {
      input: { modelVersionId: model.id, imageId: most.imageId },
    });
    expect([...answer.predictedLabels].sort()).toEqual(names(most.predicted).sort());
    expect(answer.predictedLabel).toBe(answer.scores[0].labelName);
    for (const { labelName, isPredicted } of answer.scores)
      expect(isPredicted).toBe(answer.predictedLabels.includes(labelName));
  });

  test('goes on from a base version and says what that cost', async () => {
    const base = await train({ preference: 'PERFORMANCE_FIRST' });
    const { model } = await train({ preference: 'PERFORMANCE_FIRST', baseVersionId: base.model.id });
    expect(model.forgetting.map((each: { labelName: string }) => each.labelName).sort()).toEqual([...things].sort());
    const before = new Map(
      base.model.evaluation.classStatistics.map((each: { labelName: string; recall: number; support: number }) => [
        each.labelName,
        each,
      ]),
    );
    for (const { labelName, support, recallBefore } of model.forgetting)
      expect(before.get(labelName)).toMatchObject({ support, recall: recallBefore });
  });

  test('warns of a label that every image carries', async () => {
    const own = await world.project({ labels: ['any', 'some'], images: 5, type: 'MULTI_LABEL' });
    await world.annotate(
      own.id,
      own.imageIds.flat().map((imageId) => ({ imageId, addLabelIds: [own.labels[0]!.id] })),
    );
    const { trainingReadiness } = await world.admin.ask(readiness, { id: own.id });
    expect(trainingReadiness.warnings).toContainEqual({ code: 'LABEL_ON_ALL_IMAGES', labelId: own.labels[0]!.id });
  });
});
