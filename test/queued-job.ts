import {
  queueOfFlavor,
  transferQueue,
  type ActiveTrainingJob,
  type TrainingJob,
  type TransferJob,
} from '#core/platform/queue.ts';
import type { World } from './world.ts';

/** Takes the next training's job off the queue, as a worker does. Where it takes longer than a heartbeat, it is as if that worker had died. */
export async function takeJob({ platform }: World, flavor = 'cpu'): Promise<ActiveTrainingJob> {
  const [job] = await platform.queue.boss.fetch<TrainingJob>(queueOfFlavor(flavor), { includeMetadata: true });
  if (!job) throw new Error('there is no job to take');
  return { ...job, signal: new AbortController().signal };
}

/** Gives it back as the queue does when its worker died. */
export async function loseJob({ platform }: World, job: Pick<ActiveTrainingJob, 'name' | 'id'>): Promise<void> {
  await platform.queue.boss.fail(job.name, job.id);
}

/** Takes the jobs of transfers off the queue, as workers do, up to and with that of this one. */
export async function takeTransferJob(
  { platform }: World,
  transferId: string,
): Promise<Pick<ActiveTrainingJob, 'name' | 'id'>> {
  for (;;) {
    const [job] = await platform.queue.boss.fetch<TransferJob>(transferQueue);
    if (!job) throw new Error('there is no job to take');
    if (job.data.transferId === transferId) return job;
  }
}
