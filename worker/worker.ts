import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Platform } from '#core/platform/platform.ts';
import { queueOfFlavor, type ActiveTrainingJob, type TrainingJob } from '#core/platform/queue.ts';
import { reapLostTrainings } from '#core/trainings/reap-lost-trainings.ts';
import { loadBaseModel } from '#engine/index.ts';
import { runSelfTest } from './run-self-test.ts';
import { trainJob } from './train-job.ts';

export const shippedBaseModel = fileURLToPath(new URL('../engine/base-models/exemplar-res-s', import.meta.url));
const reapMilliseconds = 15_000;

export interface RunningWorker {
  /** Gives running trainings back to the queue and stops. */
  close(): Promise<void>;
}

/** Takes trainings of the configured flavor from the queue, one at a time. @throws {BaseModelError} when there is no usable base model. */
export async function startWorker(platform: Platform): Promise<RunningWorker> {
  const { config, queue, log } = platform;
  const baseModelDirectory = config.baseModelDirectory ?? shippedBaseModel;
  const { card } = await loadBaseModel(baseModelDirectory);
  // What an attempt that was killed has left. Several workers on one machine need a data directory each.
  await rm(config.workDirectory, { recursive: true, force: true });
  await mkdir(config.workDirectory, { recursive: true });
  const selfTest = runSelfTest();
  void selfTest.then(({ name, reason }) => log.info({ lowering: name }, reason));
  const stopping = new AbortController();
  const heartbeatRefreshSeconds = Math.min(2, config.worker.heartbeatSeconds / 2);

  const workerId = await queue.boss.work<TrainingJob>(
    queueOfFlavor(config.worker.flavor),
    { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2, heartbeatRefreshSeconds },
    async ([job]) => {
      const { data, signal } = job as unknown as ActiveTrainingJob;
      log.info({ trainingId: data.trainingId }, 'training starts');
      try {
        const equipment = { baseModelDirectory, lowering: await selfTest };
        await trainJob(platform, equipment, data.trainingId, AbortSignal.any([signal, stopping.signal]));
        log.info({ trainingId: data.trainingId }, 'training ended');
      } catch (error) {
        log.warn({ err: error, trainingId: data.trainingId }, 'training is given back to the queue');
        throw error;
      } finally {
        // Under notify a worker that has finished does not look for waiting jobs by itself.
        queue.boss.notifyWorker(workerId);
      }
    },
  );
  const reap = setInterval(() => {
    reapLostTrainings(platform).catch((error) => log.error({ err: error }, 'looking for lost trainings failed'));
  }, reapMilliseconds);
  log.info({ flavor: config.worker.flavor, baseModel: card.name }, 'worker takes trainings');
  return {
    close: async () => {
      clearInterval(reap);
      stopping.abort();
      await queue.boss.offWork(queueOfFlavor(config.worker.flavor), { wait: true });
    },
  };
}
