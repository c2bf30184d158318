import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FinishedModel } from '#core/models/store-model-version.ts';
import { loseJob, takeJob } from '#test/queued-job.ts';
import { World, type TestProject } from '#test/world.ts';
import { interruptTraining } from './interrupt-training.ts';
import { countLostWorkers } from './lost-workers.ts';
import {
  claimTraining,
  completeTraining,
  endTraining,
  readStopRequest,
  recordFacts,
  type ClaimedTraining,
} from './run-training.ts';
import { StaleAttemptError } from './training-events.ts';

const share = { precision: 1, recall: 1, f1: 1 };
const whole = { lower: 0, upper: 1 };
const certain = { expectedCalibrationError: 0, crossEntropy: 0, brier: 0, bins: [] };

/** What a worker would store; the object does not matter here. */
const modelOf = ({ classes, images }: ClaimedTraining): FinishedModel => ({
  classes: classes.map(({ labelId, name }) => ({ labelId, name })),
  modelKey: 'model.onnx',
  modelSha256: Buffer.alloc(32),
  modelBytes: 1,
  baseModel: 'tiny',
  baseModelSha256: '00'.repeat(32),
  secondsByPhase: {},
  recipe: { stage: 'HEAD', epoch: 1, epochs: 1, inputSize: 32 },
  forgetting: null,
  unfamiliarityThreshold: null,
  test: null,
  validation: {
    evaluation: {
      imageCount: 1,
      accuracy: 1,
      macro: share,
      micro: share,
      weighted: share,
      classStatistics: classes.map(({ labelId, name }, classIndex) => ({
        classIndex,
        labelId,
        labelName: name,
        support: 1,
        predictedCount: 1,
        truePositives: 1,
        ...share,
        oneVsRestAccuracy: 1,
        threshold: null,
      })),
      confusionMatrix: [[1]],
    },
    confidence: {
      accuracy: whole,
      macroF1: whole,
      classes: [],
      temperature: 1,
      calibrationErrorBefore: 0,
      calibrationErrorAfter: 0,
      crossValidated: null,
    },
    calibration: { temperatures: [1], before: certain, after: certain },
    predictions: [
      {
        imageId: images[0]!.imageId,
        actualClasses: [0],
        predictedClasses: [0],
        probabilities: [1, 0],
        unfamiliarity: null,
      },
    ],
  },
});

describe('one writer at a time', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(() => world.close());

  const everything = async (id: string) => {
    const rows = async (query: ReturnType<typeof sql>) => [...(await world.platform.db.execute(query))];
    return {
      training: await rows(sql`select * from training where id = ${id}`),
      events: await rows(sql`select * from training_event where training_id = ${id} order by seq`),
      models: await rows(sql`select * from model_version where training_id = ${id}`),
      jobs: await rows(
        sql`select id, state, retry_count from pgboss.job where data->>'trainingId' = ${id} order by id`,
      ),
    };
  };

  test('an attempt that was overtaken can neither tell, nor complete, nor end, nor hand over', async () => {
    const { id: globalId } = await world.startTraining(project.id);
    const id = globalId.replace('Training_', '');
    const { platform } = world;
    const job = await takeJob(world);
    const old = (await claimTraining(platform, id))!;
    await loseJob(world, job);
    await platform.queue.boss.update(job.name, null, { id: job.id, startAfter: new Date(0) });
    const next = await takeJob(world);
    const current = (await claimTraining(platform, id))!;
    expect([old.training.attempt, current.training.attempt]).toEqual([1, 2]);
    expect(current.deadline).toEqual(old.deadline);

    const before = await everything(id);
    const late: [string, () => Promise<unknown>][] = [
      ['tell', () => recordFacts(platform, id, 1, [{ type: 'LOG_LINE', level: 'INFO', message: 'alive' }])],
      ['move', () => recordFacts(platform, id, 1, [{ type: 'RESUMED', attempt: 1 }], { state: 'EVALUATING' })],
      ['complete', () => completeTraining(platform, old, 'CONVERGED', modelOf(old))],
      ['fail', () => endTraining(platform, id, 1, { state: 'CANCELLED' })],
      [
        'hand over',
        () => interruptTraining(platform, old.training, job, { reason: 'TRAINER_CRASHED', message: 'late' }),
      ],
      ['ask', () => readStopRequest(platform, id, 1)],
    ];
    for (const [what, write] of late) await expect(write(), what).rejects.toThrow(StaleAttemptError);
    expect(await everything(id)).toEqual(before);

    // The same calls of the one that may.
    await recordFacts(platform, id, 2, [{ type: 'LOG_LINE', level: 'INFO', message: 'alive' }]);
    await completeTraining(platform, current, 'CONVERGED', modelOf(current));
    const after = await everything(id);
    expect(after.training).toMatchObject([{ state: 'COMPLETED', attempt: 2 }]);
    expect(after.models).toHaveLength(1);
    await platform.queue.boss.complete(next.name, next.id);
  });

  test('an attempt that hands over gives its job to the next, ahead of those that wait', async () => {
    const { platform } = world;
    const first = (await world.startTraining(project.id)).id.replace('Training_', '');
    const second = (await world.startTraining(project.id)).id.replace('Training_', '');
    const job = await takeJob(world);
    const { training } = (await claimTraining(platform, first))!;
    await interruptTraining(platform, training, job, { reason: 'WORKER_STOPPED', message: 'bye' });
    const next = await takeJob(world);
    expect(next).toMatchObject({ data: { trainingId: first }, retryCount: 0 });
    expect(next.id).not.toBe(job.id);
    await claimTraining(platform, first);
    const { events } = await everything(first);
    expect(events.slice(-3)).toMatchObject([
      { type: 'INTERRUPTED', attempt: 1, payload: { reason: 'WORKER_STOPPED', attempt: 1, message: 'bye' } },
      { type: 'RESUMED', attempt: 2, payload: { attempt: 2 } },
      { type: 'STATE_CHANGED', attempt: 2 },
    ]);
    expect((await takeJob(world)).data.trainingId).toBe(second);
  });

  test('a job that the queue has taken away already is not given back a second time', async () => {
    const { platform } = world;
    const id = (await world.startTraining(project.id)).id.replace('Training_', '');
    const job = await takeJob(world);
    const { training } = (await claimTraining(platform, id))!;
    await loseJob(world, job);
    await interruptTraining(platform, training, job, { reason: 'TRAINER_CRASHED', message: 'it died' });
    const { jobs, training: rows } = await everything(id);
    expect(jobs).toMatchObject([{ id: job.id, state: 'retry' }]);
    expect(rows).toMatchObject([{ crashes: 1, job_id: job.id }]);
  });

  test('lost workers are counted since the training last came further', async () => {
    const { platform } = world;
    const id = (await world.startTraining(project.id)).id.replace('Training_', '');
    for (let attempt = 1; attempt <= 4; attempt++) await claimTraining(platform, id);
    expect(await countLostWorkers(platform.db, id)).toBe(3);
    await recordFacts(platform, id, 4, [{ type: 'CHECKPOINT_SAVED', stage: 'SUFFIX', epoch: 3, byteSize: 9 }]);
    expect(await countLostWorkers(platform.db, id)).toBe(0);
    await claimTraining(platform, id);
    expect(await countLostWorkers(platform.db, id)).toBe(1);
  });
});
