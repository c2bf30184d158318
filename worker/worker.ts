import { mkdir, rm } from 'node:fs/promises';
import { endBaseModelUpload } from '#core/base-models/base-model-uploads.ts';
import type { Platform } from '#core/platform/platform.ts';
import {
  adoptionQueue,
  queueOfFlavor,
  type ActiveAdoptionJob,
  type ActiveTransferJob,
  type AdoptionJob,
  transferQueue,
  type TransferJob,
} from '#core/platform/queue.ts';
import { cancelAbandonedTrainings, reapLostTrainings } from '#core/trainings/reap-lost-trainings.ts';
import { cancelAbandonedTransfers, reapLostTransfers } from '#core/transfer/reap-lost-transfers.ts';
import { loadBaseModel } from '#engine/index.ts';
import { adoptUpload } from './adopt-upload.ts';
import { BaseModelShelf } from './base-model-shelf.ts';
import { openMetricsListener } from './metrics-listener.ts';
import { registerWorker } from './register-worker.ts';
import { runSelfTest } from './run-self-test.ts';
import { takeTrainings } from './take-trainings.ts';
import { transferJob } from './transfer-job.ts';
import { transferRunners } from './transfer-runners.ts';
import { startWebhooks } from './webhook-worker.ts';

const reapMilliseconds = 15_000;

export interface RunningWorker {
  /** Hands the running training over to another worker, from a checkpoint of this very moment, and stops. */
  close(): Promise<void>;
}

/** Takes trainings of the configured flavor from the queue, one at a time. @throws {BaseModelError} when there is no usable base model. */
export async function startWorker(platform: Platform): Promise<RunningWorker> {
  const { config, queue, log, tracing } = platform;
  // Says clearly at the start what is wrong with the one that was configured.
  if (config.baseModelDirectory !== undefined) await loadBaseModel(config.baseModelDirectory);
  const { workerMetricsPort } = config.operations;
  const listener = workerMetricsPort > 0 ? await openMetricsListener(platform, workerMetricsPort) : undefined;
  const shelf = new BaseModelShelf(platform);
  await shelf.look();
  // What an attempt that was killed has left. Several workers on one machine need a data directory each.
  await rm(config.workDirectory, { recursive: true, force: true });
  await mkdir(config.workDirectory, { recursive: true });
  const stopping = new AbortController();
  const { device } = config.flavors.find(({ id }) => id === config.worker.flavor)!;
  const selfTest = runSelfTest(device, stopping.signal);
  void selfTest.lowering.then(({ name, reason }) => log.info({ lowering: name }, reason));
  const registration = await registerWorker(platform, selfTest);
  const work = {
    batchSize: 1,
    includeMetadata: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 2,
    heartbeatRefreshSeconds: Math.min(2, config.worker.heartbeatSeconds / 2),
  } as const;
  const equipment = { shelf, device, lowering: selfTest.lowering, workerId: registration.workerId };
  const taking = takeTrainings(platform, equipment, work, { trial: selfTest.trial, stopping: stopping.signal });
  // Trying a GPU may take minutes, in which there is other work.
  if (device === 'CPU') await taking;
  else taking.catch((error: unknown) => log.error({ err: error }, 'the worker cannot take trainings'));
  await queue.boss.work<AdoptionJob>(adoptionQueue, work, async ([job]) => {
    const { data, signal, retryCount, retryLimit } = job as unknown as ActiveAdoptionJob;
    try {
      await adoptUpload(platform, data.uploadId, AbortSignal.any([signal, stopping.signal]));
    } catch (error) {
      log.warn({ err: error, uploadId: data.uploadId }, 'trying an uploaded base model failed');
      if (stopping.signal.aborted || retryCount < retryLimit) throw error;
      // Nobody tries again: whoever waits for it must hear so.
      const message = 'It could not be tried; the log of the workers says why. Upload it again.';
      await endBaseModelUpload(platform, data.uploadId, { message });
    }
  });
  const transferWorkerId = await queue.boss.work<TransferJob>(transferQueue, work, async ([job]) => {
    const { data, signal: lost } = job as unknown as ActiveTransferJob;
    try {
      const attributes = { 'exemplar.transfer_id': data.transferId };
      await tracing.run('transfer', { kind: 'CONSUMER', parent: data.traceparent, attributes }, () =>
        transferJob(platform, transferRunners, data.transferId, { lost, stopping: stopping.signal }),
      );
    } catch (error) {
      log.warn({ err: error, transferId: data.transferId }, 'transfer is given back to the queue');
      throw error;
    } finally {
      // Under notify a worker that has finished does not look for waiting jobs by itself.
      queue.boss.notifyWorker(transferWorkerId);
    }
  });
  const webhooks = await startWebhooks(platform);
  const reap = setInterval(() => {
    reapLostTrainings(platform)
      .then(() => cancelAbandonedTrainings(platform))
      .then(() => reapLostTransfers(platform))
      .then(() => cancelAbandonedTransfers(platform))
      .catch((error) => log.error({ err: error }, 'looking for lost trainings and transfers failed'));
    shelf.look().catch((error) => log.error({ err: error }, 'looking for base models failed'));
  }, reapMilliseconds);
  return {
    close: async () => {
      clearInterval(reap);
      const goodbye = registration.close();
      // Before the running training is told: this worker must not take it again.
      const drained = [adoptionQueue, transferQueue, queueOfFlavor(config.worker.flavor)].map((name) =>
        queue.boss.offWork(name, { wait: true }),
      );
      stopping.abort(new Error('The worker was told to stop.'));
      await Promise.all(drained);
      // The trial of a GPU may have ended at this very moment.
      await taking.catch(() => undefined);
      await queue.boss.offWork(queueOfFlavor(config.worker.flavor), { wait: true });
      await goodbye;
      await webhooks.close();
      await listener?.close();
    },
  };
}
