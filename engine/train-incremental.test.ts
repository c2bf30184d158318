import { beforeAll, describe, expect, it } from 'vitest';
import { drain } from '#test/picture-source.ts';
import { expectWholeModel, keyedSource, tinyClasses as classes, tinyTraining } from '#test/tiny-training.ts';
import type { EngineEvent } from './engine-event.ts';
import { readTrainedVersion } from './export/read-trained-version.ts';
import type { PictureSource } from './features/picture-source.ts';
import { OnnxFormatError } from './onnx/onnx-format-error.ts';
import { tinyBaseModel } from './testing/tiny-base-model.ts';
import { trainClassifier, type TrainOptions, type TrainingResult } from './train.ts';

const run = async (changes: Partial<TrainOptions> = {}) =>
  drain(trainClassifier(await tinyTraining({ train: await keyedSource(6), ...changes })));
/** Nothing is trained. */
const past = { deadline: 0 };
const warnings = (events: EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'log' && event.level === 'WARN' ? [event.message] : []));

describe('trainClassifier from an earlier version', () => {
  let earlier: { headOnly: TrainingResult; suffix: TrainingResult; whole: TrainingResult };
  let validation: PictureSource;
  beforeAll(async () => {
    validation = await keyedSource(4, 100);
    earlier = {
      headOnly: (await run({ preference: 'PERFORMANCE_FIRST' })).result,
      suffix: (await run({ preference: 'BALANCE' })).result,
      whole: (await run({ preference: 'ACCURACY_FIRST' })).result,
    };
  });
  const stages = ['headOnly', 'suffix', 'whole'] as const;

  it.each(stages)('says the same as that as long as nothing is trained, of classes in any order: %s', async (stage) => {
    const before = earlier[stage];
    const mirrored = (source: PictureSource) => ({ ...source, labels: source.labels.map((label) => 2 - label) });
    const { events, result } = await run({
      ...past,
      classes: classes.toReversed(),
      train: mirrored(await keyedSource(6)),
      validation: mirrored(validation),
      initialVersion: before.model,
    });
    expect(warnings(events)).toEqual([]);
    expect(before.bestStage).toBe({ headOnly: 'HEAD', suffix: 'SUFFIX', whole: 'FULL' }[stage]);
    expect(result.epochs).toBe(0);
    expect(result.inputSize).toBe(before.inputSize);
    for (let picture = 0; picture < validation.count; picture++)
      for (let label = 0; label < 3; label++)
        expect(result.predictions[picture * 3 + label]).toBeCloseTo(before.predictions[picture * 3 + 2 - label]!, 3);
  });

  it.each(stages)('keeps the rows of classes that stay, adds new ones and forgets removed ones: %s', async (stage) => {
    const before = earlier[stage];
    const renamed = [classes[0]!, { id: 'id-new', name: 'new' }, classes[2]!];
    const { result } = await run({ ...past, classes: renamed, initialVersion: before.model });
    await expectWholeModel(result, { classes: renamed, validation });
    const rowsOf = ({ model }: TrainingResult) => {
      const { head } = readTrainedVersion(model);
      const byId = head.classIds.map((id, row) => [
        id,
        [...head.weights.slice(row * 128, (row + 1) * 128), head.bias[row]!],
      ]);
      return Object.fromEntries(byId) as Record<string, number[]>;
    };
    const [old, now] = [rowsOf(before), rowsOf(result)];
    expect(Object.keys(now)).toEqual(['id-cat', 'id-new', 'id-owl']);
    for (const id of ['id-cat', 'id-owl'])
      // A feature that no training picture shows has no weight.
      now[id]!.forEach((weight, at) => expect(weight === 0 || Math.abs(weight - old[id]![at]!) < 1e-3).toBe(true));
    expect(now['id-new']!.slice(0, 128)).not.toEqual(old['id-dog']!.slice(0, 128));
  });

  it('trains on at the size of that version, with more and fewer classes, over generations', async () => {
    const { whole } = earlier;
    expect(whole.inputSize).toBe(48);
    const four = [...classes, { id: 'id-fox', name: 'fox' }];
    const all = await keyedSource(6);
    const labels = all.labels.map((label, index) => (index % 6 === 5 ? 3 : label));
    const more = await run({ initialVersion: whole.model, classes: four, train: { ...all, labels } });
    await expectWholeModel(more.result, { classes: four, validation });
    expect(more.result).toMatchObject({ inputSize: 48, baseModel: { name: 'tiny' } });
    expect(more.result.baseModel.sha256).not.toBe(whole.baseModel.sha256);
    const two = classes.slice(0, 2);
    const first = (source: PictureSource, count: number) => ({
      ...source,
      count,
      labels: source.labels.slice(0, count),
    });
    const fewer = await run({
      initialVersion: more.result.model,
      classes: two,
      train: first(all, 12),
      validation: first(validation, 8),
    });
    await expectWholeModel(fewer.result, { classes: two, validation: first(validation, 8) });
    expect(fewer.result).toMatchObject({ inputSize: 48, baseModel: { name: 'tiny' } });
    expect(fewer.result.evaluation.accuracy).toBeGreaterThan(0.8);
  });

  it('refuses a file that no training of ours left', async () => {
    for (const initialVersion of [tinyBaseModel().bytes, Buffer.from('no model'), new Uint8Array()])
      await expect(run({ initialVersion })).rejects.toThrow(OnnxFormatError);
  });
});
