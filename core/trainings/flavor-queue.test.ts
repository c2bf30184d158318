import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeJob } from '#test/queued-job.ts';
import { World, type TestProject } from '#test/world.ts';
import { interruptTraining } from './interrupt-training.ts';
import { claimTraining, endTraining } from './run-training.ts';

describe('the place of a training in the queue', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({
      worker: 'nobody',
      environment: {
        EXEMPLAR_FLAVORS: '[{"id":"cpu","name":"CPU","device":"CPU"},{"id":"gpu","name":"GPU","device":"CUDA"}]',
      },
    });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(() => world.close());

  const start = async (config: object = {}): Promise<string> =>
    (await world.startTraining(project.id, config)).id.replace('Training_', '');
  const places = async (...ids: string[]) => {
    const { project: found } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { trainings(first: 100) { nodes { id queuePosition expectedStartAt } } } }`,
      { id: project.id },
    );
    return ids.map((id) => {
      const node = found.trainings.nodes.find((each: { id: string }) => each.id === `Training_${id}`);
      return { position: node.queuePosition, expected: node.expectedStartAt && Date.parse(node.expectedStartAt) };
    });
  };
  const positions = async (...ids: string[]) => (await places(...ids)).map(({ position }) => position);

  test('counts those of its flavor that wait; of when it starts nothing is known while no worker is busy', async () => {
    const [first, second, elsewhere, third] = [
      await start(),
      await start(),
      await start({ flavor: 'gpu' }),
      await start(),
    ];
    expect(await places(first, second, third, elsewhere)).toEqual(
      [1, 2, 3, 1].map((position) => ({ position, expected: null })),
    );

    const job = await takeJob(world);
    const { training, deadline } = (await claimTraining(world.platform, first))!;
    expect(await positions(first, second, third, elsewhere)).toEqual([null, 1, 2, 1]);
    // None has ended yet: each is taken to need all its time.
    const [, next, last, other] = await places(first, second, third, elsewhere);
    expect(Math.abs(next!.expected - deadline.getTime())).toBeLessThan(5000);
    expect(Math.abs(last!.expected - next!.expected - 3_600_000)).toBeLessThan(5000);
    expect(other!.expected).toBeNull();

    // One that was handed over comes first, and is waited for.
    await interruptTraining(world.platform, training, job, { reason: 'WORKER_STOPPED', message: 'bye' });
    expect(await positions(first, second, third)).toEqual([null, 2, 3]);
    await takeJob(world);
    const { training: again } = (await claimTraining(world.platform, first))!;
    await endTraining(world.platform, first, again.attempt, { state: 'CANCELLED' });
    // As if it had left a model after two minutes.
    await world.platform.db.execute(sql`
      update training set state = 'COMPLETED', finished_at = started_at + interval '2 minutes' where id = ${first}`);
    await takeJob(world);
    const { training: running } = (await claimTraining(world.platform, second))!;
    const [soon] = await places(third);
    expect(soon!.position).toBe(1);
    expect(Math.abs(soon!.expected - running.startedAt!.getTime() - 120_000)).toBeLessThan(5000);

    await world.admin.ask(`mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }`, {
      id: `Training_${third}`,
    });
    expect(await places(third)).toEqual([{ position: null, expected: null }]);
  });
});
