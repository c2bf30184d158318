import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeJob } from '#test/queued-job.ts';
import { World, type TestProject } from '#test/world.ts';
import { interruptTraining } from './interrupt-training.ts';
import { claimTraining } from './run-training.ts';

describe('a flavor of which two trainings may run at a time', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({
      environment: { EXEMPLAR_FLAVORS: '[{"id":"cpu","name":"CPU","device":"CPU","maxParallel":2,"memoryGib":1.5}]' },
    });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(() => world.close());

  test('lets no third begin, however many workers ask at once, and the one that was put back begins next', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 4; count++)
      ids.push((await world.startTraining(project.id)).id.replace('Training_', ''));
    // The queue was asked by all at the same moment, and has given each a job.
    const jobs = [await takeJob(world), await takeJob(world), await takeJob(world)];
    const claims = await Promise.all(
      jobs.map((held) =>
        claimTraining(world.platform, held.data.trainingId, { workerId: randomUUID(), device: 'CPU', held }),
      ),
    );
    const begun = claims.filter((claimed) => claimed !== undefined);
    expect(begun).toHaveLength(2);
    const putBack = ids.slice(0, 3).find((id) => !begun.some(({ training }) => training.id === id))!;
    const waits = async () => {
      const { nodes } = await world.admin.ask(
        `{ nodes(ids: [${ids.map((id) => `"Training_${id}"`).join()}]) { ... on Training { waitingFor queuePosition state attempt } } }`,
      );
      return nodes;
    };
    const waiting = (await waits())[ids.indexOf(putBack)];
    expect(waiting).toEqual({ waitingFor: 'FLAVOR_FULL', queuePosition: 1, state: 'QUEUED', attempt: 0 });
    const options = { includeMetadata: true, groupConcurrency: 2 } as const;
    expect(await world.platform.queue.boss.fetch('training-cpu', options)).toEqual([]);
    const { trainingFlavors } = await world.admin.ask(
      '{ trainingFlavors { maxParallel memoryGib runningTrainings queueLength } }',
    );
    expect(trainingFlavors).toEqual([{ maxParallel: 2, memoryGib: 1.5, runningTrainings: 2, queueLength: 2 }]);

    const [{ training }] = begun as [NonNullable<(typeof claims)[number]>];
    const held = jobs.find(({ data }) => data.trainingId === training.id)!;
    await interruptTraining(world.platform, training, held, { reason: 'WORKER_STOPPED', message: 'bye' });
    const [next] = await world.platform.queue.boss.fetch<{ trainingId: string }>('training-cpu', options);
    // It was put back before the other was interrupted.
    expect(next!.data.trainingId).toBe(putBack);
    const by = { workerId: randomUUID(), device: 'CPU' as const, held: next! };
    expect((await claimTraining(world.platform, putBack, by))!.training.attempt).toBe(1);
  });
});
