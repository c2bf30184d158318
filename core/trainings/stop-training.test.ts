import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { loseJob, takeJob } from '#test/queued-job.ts';
import { World, type TestProject } from '#test/world.ts';
import { cancelAbandonedTrainings } from './reap-lost-trainings.ts';
import { claimTraining, recordFacts } from './run-training.ts';
import { StaleAttemptError } from './training-events.ts';
import { checkpointPrefix } from './training-row.ts';

describe('stopping a training that no worker has', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(() => world.close());

  /** A running one, and the job of its worker. */
  const running = async () => {
    const { id } = await world.startTraining(project.id);
    const job = await takeJob(world);
    const { training } = (await claimTraining(world.platform, id.replace('Training_', '')))!;
    const checkpoint = `${checkpointPrefix(training)}1`;
    await world.platform.objects.put(checkpoint, Buffer.from('position'));
    return { id, training, job, checkpoint };
  };
  const act = async (action: 'stopTraining' | 'cancelTraining', id: string) =>
    (
      await world.admin.ask(
        `mutation ($id: ID!) { ${action}(id: $id) { ${userErrorFields} ... on Training { state stopReason progress { phase } } } }`,
        { id },
      )
    )[action];
  const cancelled = { state: 'CANCELLED', stopReason: 'STOPPED_BY_USER', progress: null };
  const stateOfJob = async (id: string) =>
    (await world.platform.db.execute(sql`select state from pgboss.job where id = ${id}`))[0]!['state'];

  test('between two attempts cancels it at once, and the lost worker cannot write any more', async () => {
    const { id, training, job, checkpoint } = await running();
    await loseJob(world, job);
    expect(await act('cancelTraining', id)).toMatchObject(cancelled);
    expect(await stateOfJob(job.id)).toBe('cancelled');
    expect(await world.platform.objects.size(checkpoint)).toBeUndefined();
    expect(await claimTraining(world.platform, training.id)).toBeUndefined();
    await expect(
      recordFacts(world.platform, training.id, 1, [{ type: 'LOG_LINE', level: 'INFO', message: 'alive' }]),
    ).rejects.toThrow(StaleAttemptError);
  });

  test('between two attempts leaves what is to be kept to the next worker', async () => {
    const { id, training, job, checkpoint } = await running();
    await loseJob(world, job);
    expect(await act('stopTraining', id)).toMatchObject({ state: 'PREPARING' });
    expect(await world.platform.objects.size(checkpoint)).toBe(8);
    expect((await claimTraining(world.platform, training.id))!.training.stopRequest).toBe('STOP_AND_KEEP');
    // Its job would be the next to be taken, once the queue's second is over.
    await act('cancelTraining', id);
  });

  test('is left to the worker that has it, and done for one that died before it could', async () => {
    const { id, training, job, checkpoint } = await running();
    expect(await act('cancelTraining', id)).toMatchObject({ state: 'PREPARING' });
    expect(await cancelAbandonedTrainings(world.platform)).toEqual([]);
    await loseJob(world, job);
    expect(await cancelAbandonedTrainings(world.platform)).toEqual([training.id]);
    expect(await stateOfJob(job.id)).toBe('cancelled');
    expect(await world.platform.objects.size(checkpoint)).toBeUndefined();
    const answer = await world.admin.ask(
      `query ($id: ID!) { training(id: $id) { state stopReason progress { phase } } }`,
      { id },
    );
    expect(answer.training).toMatchObject(cancelled);
  });
});
