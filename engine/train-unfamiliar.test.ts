import { beforeAll, describe, expect, it } from 'vitest';
import { drain, sceneSource } from '#test/picture-source.ts';
import { keyedSource, tinyTraining } from '#test/tiny-training.ts';
import { noisePictures } from '#test/noise-pictures.ts';
import { knownShare, unfamiliarityThreshold } from './familiarity/unfamiliarity-threshold.ts';
import { openClassifier, type Answer } from './inference/open-classifier.ts';
import { getMetadata } from './onnx/metadata.ts';
import { readModel } from './onnx/read-model.ts';
import { preferences } from './plan/training-plan.ts';
import { trainClassifier, type TrainOptions, type TrainingResult } from './train.ts';

const train = async (changes: Partial<TrainOptions> = {}): Promise<TrainingResult> => {
  const sources = { train: await keyedSource(8), validation: await keyedSource(8, 100) };
  return (await drain(trainClassifier(await tinyTraining({ ...sources, ...changes })))).result;
};

/** What the file says to each picture. */
async function answersOf(result: TrainingResult, pictures: readonly Buffer[]): Promise<Answer[]> {
  const classifier = await openClassifier(result.model);
  expect(classifier.unfamiliarityThreshold).toBe(result.unfamiliarityThreshold);
  const answers: Answer[] = [];
  for (const picture of pictures) answers.push(await classifier.classifyPicture(picture));
  await classifier.close();
  return answers;
}

let noise: Buffer[];
beforeAll(async () => {
  noise = (await noisePictures(24)).filter((_, at) => at % 4 === 0);
});

describe('a trained model', () => {
  it.each(preferences)(
    'tells pictures unlike all it has seen, and says of which it was told so: %s',
    async (preference) => {
      const validation = await keyedSource(8, 100);
      const result = await train({ preference });
      expect(result.unfamiliarity).toHaveLength(24);
      expect(result.unfamiliarityThreshold).toBe(unfamiliarityThreshold(result.unfamiliarity!));
      expect(Number(getMetadata(readModel(result.model), 'unfamiliarity_threshold'))).toBe(
        result.unfamiliarityThreshold,
      );
      const passed = result.unfamiliarity!.filter((value) => value <= result.unfamiliarityThreshold!);
      expect(passed.length / 24).toBeGreaterThanOrEqual(knownShare);
      const known = await answersOf(result, [await validation.load(3)]);
      expect(known[0]!.unfamiliarity).toBeCloseTo(result.unfamiliarity![3]!, 3);
      for (const { unfamiliarity } of await answersOf(result, noise))
        expect(unfamiliarity).toBeGreaterThan(result.unfamiliarityThreshold!);
    },
  );

  it('does so where pictures carry any number of labels, and of an earlier version', async () => {
    const scenes = { train: await sceneSource(32), validation: await sceneSource(24, 1000) };
    const first = await train({ ...scenes, preference: 'PERFORMANCE_FIRST' });
    const next = await train({ ...scenes, preference: 'BALANCE', initialVersion: first.model });
    for (const result of [first, next]) {
      expect(result.temperatures).toHaveLength(3);
      for (const { unfamiliarity } of await answersOf(result, noise))
        expect(unfamiliarity).toBeGreaterThan(result.unfamiliarityThreshold!);
    }
  });

  it('is the same file whatever the test pictures are, and judges them', async () => {
    const test = await keyedSource(2, 900);
    const without = await train();
    const judged = await train({ test });
    const others = await train({
      test: { ...test, labels: test.labels.map((label) => 2 - label), load: () => test.load(0) },
    });
    expect(without.test).toBeUndefined();
    expect(judged.test!.evaluation.count).toBe(6);
    expect(judged.test!.unfamiliarity).toHaveLength(6);
    expect(others.test!.probabilities).not.toEqual(judged.test!.probabilities);
    for (const each of [judged, others]) {
      expect(Buffer.compare(each.model, without.model)).toBe(0);
      expect(each.evaluation).toEqual(without.evaluation);
    }
  });
});
