import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { World } from '#test/world.ts';
import { ValidationError } from '../platform/errors.ts';
import { findThreshold, readThresholdCurve, readThresholdPoint, type EvaluatedVersion } from './threshold-points.ts';

/** An image: what it carries, what the model says, and how probable it calls each of two classes. */
interface Said {
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  readonly probabilities: readonly number[];
}

describe('thresholds of an evaluation', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
    // Predictions alone, as another evaluation's would be: what they belong to does not matter here.
    await world.platform.client.unsafe(
      'alter table prediction drop constraint prediction_evaluation_id_evaluation_id_fk',
    );
  });
  afterAll(() => world.close());

  const labelIds = ['label-a', 'label-b'];
  async function store(said: readonly Said[], thresholds?: readonly number[]): Promise<EvaluatedVersion> {
    const [row] = await world.platform.db.execute<{ id: string }>(sql`select uuidv7() as id`);
    const id = row!.id;
    for (const { actual, predicted, probabilities } of said)
      await world.platform.db.execute(sql`
        insert into prediction (evaluation_id, image_id, actual_classes, predicted_classes, probabilities)
        values (${id}, uuidv7(), ${`{${actual.join(',')}}`}::integer[], ${`{${predicted.join(',')}}`}::integer[],
          ${`{${probabilities.join(',')}}`}::real[])`);
    const classes = labelIds.map((labelId, at) => ({
      labelId,
      name: labelId,
      ...(thresholds && { threshold: thresholds[at]! }),
    }));
    return { evaluation: { id }, modelVersion: { classes } };
  }
  const single = (actual: number, first: number): Said => ({
    actual: [actual],
    predicted: [first >= 0.5 ? 0 : 1],
    probabilities: [first, 1 - first],
  });

  test('say how much is decided and how much of that is right', async () => {
    const version = await store([single(0, 0.9), single(0, 0.75), single(1, 0.875), single(1, 0.25), single(0, 0.375)]);
    const { db } = world.platform;
    const at = (threshold: number, labelId?: string) => readThresholdPoint(db, version, { threshold, labelId });
    expect(await at(0)).toMatchObject({
      imageCount: 5,
      acceptedCount: 5,
      coverage: 1,
      precision: 3 / 5,
      recall: 3 / 5,
    });
    // 0.9 right, 0.875 wrong, 0.75 right twice, and the threshold itself counts.
    expect(await at(0.75)).toMatchObject({ acceptedCount: 4, coverage: 0.8, precision: 3 / 4, recall: 3 / 5 });
    expect(await at(0.9)).toMatchObject({ acceptedCount: 1, coverage: 0.2, precision: 1, recall: 1 / 5 });
    expect(await at(0.95)).toMatchObject({ acceptedCount: 0, coverage: 0, precision: null, recall: 0 });
    const { precisionInterval } = await at(0.9);
    expect(precisionInterval.lower).toBeCloseTo(0.2065, 3);
    expect(precisionInterval.upper).toBe(1);
    // Of the first label: it is said of three images, two of the three that carry it.
    expect(await at(0, 'label-a')).toMatchObject({ acceptedCount: 3, precision: 2 / 3, recall: 2 / 3 });
    expect(await at(0.8, 'label-a')).toMatchObject({ acceptedCount: 2, precision: 1 / 2, recall: 1 / 3 });
    expect(await at(0.7, 'label-b')).toMatchObject({ acceptedCount: 1, precision: 1, recall: 1 / 2 });
  });

  test('find the lowest from which on enough is right', async () => {
    const version = await store([single(0, 0.9), single(1, 0.875), single(0, 0.75), single(0, 0.7), single(1, 0.6)]);
    const of = (precision: number) => findThreshold(world.platform.db, version, { precision });
    expect((await of(1))!).toMatchObject({ acceptedCount: 1, precision: 1 });
    // At 0.875 only half is right, at 0.7 three of four: as little as possible is left to people.
    expect((await of(0.7))!).toMatchObject({ acceptedCount: 4, precision: 0.75 });
    expect((await of(0.75))!.threshold).toBeCloseTo(0.7, 6);
    expect((await of(0.5))!).toMatchObject({ acceptedCount: 5, precision: 0.6 });
    const wrong = await store([single(1, 0.9)]);
    expect(await findThreshold(world.platform.db, wrong, { precision: 0.01 })).toBeNull();
    expect(await findThreshold(world.platform.db, await store([]), { precision: 0.5 })).toBeNull();
  });

  test('agree with counting image by image, of one label, of all, and of several labels an image', async () => {
    // Sixteenths are exact in any arithmetic.
    const share = fc.integer({ min: 0, max: 16 }).map((value) => value / 16);
    const bit = fc.boolean();
    const images = fc.array(fc.record({ carried: fc.tuple(bit, bit), p: fc.tuple(share, share) }), { maxLength: 12 });
    const cut = share;
    await fc.assert(
      fc.asyncProperty(images, cut, fc.constantFrom(undefined, 0, 1), bit, async (drawn, threshold, label, isMulti) => {
        const said = drawn.map(({ carried, p }): Said => {
          if (!isMulti) return single(carried[0] ? 1 : 0, p[0]);
          const places = [0, 1];
          return {
            actual: places.filter((at) => carried[at]).reverse(),
            predicted: places.filter((at) => p[at]! >= 0.5),
            probabilities: p,
          };
        });
        const version = await store(said, isMulti ? [0.5, 0.5] : undefined);
        const labelId = label === undefined ? undefined : labelIds[label]!;
        const point = await readThresholdPoint(world.platform.db, version, { threshold, labelId });
        const judged = said.map(({ actual, predicted, probabilities }) => {
          const p = probabilities;
          if (label !== undefined) {
            const isSaid = isMulti || predicted[0] === label;
            return {
              confidence: isSaid ? p[label]! : -1,
              isRight: actual.includes(label),
              counts: actual.includes(label),
            };
          }
          const same = actual.length === predicted.length && actual.every((each) => predicted.includes(each));
          const confidence = isMulti ? Math.min(...p.map((each) => Math.max(each, 1 - each))) : p[predicted[0]!]!;
          return { confidence, isRight: same, counts: true };
        });
        const accepted = judged.filter(({ confidence }) => confidence >= threshold);
        const right = accepted.filter(({ isRight }) => isRight).length;
        const relevant = judged.filter(({ counts }) => counts).length;
        expect(point).toMatchObject({
          imageCount: said.length,
          acceptedCount: accepted.length,
          precision: accepted.length === 0 ? null : right / accepted.length,
          recall: relevant === 0 ? null : right / relevant,
        });
        const curve = await readThresholdCurve(world.platform.db, version, { points: 17, labelId });
        expect(curve).toHaveLength(17);
        expect(curve.find((each) => each.threshold === threshold)!.acceptedCount).toBe(accepted.length);
      }),
      { numRuns: 60 },
    );
  });

  test('are bounded', async () => {
    const version = await store([]);
    const { db } = world.platform;
    for (const points of [1, 102])
      await expect(readThresholdCurve(db, version, { points })).rejects.toThrow(ValidationError);
    for (const threshold of [-0.1, 1.1, NaN])
      await expect(readThresholdPoint(db, version, { threshold })).rejects.toThrow(ValidationError);
    for (const precision of [0, 1.01])
      await expect(findThreshold(db, version, { precision })).rejects.toThrow(ValidationError);
    await expect(readThresholdPoint(db, version, { threshold: 0, labelId: 'other' })).rejects.toThrow('Label');
  });
});
