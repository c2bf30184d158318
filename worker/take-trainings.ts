import type { Platform } from '#core/platform/platform.ts';
import { queueOfFlavor, type ActiveTrainingJob, type TrainingJob } from '#core/platform/queue.ts';
import { leaseOf } from './job-lease.ts';
import type { DeviceReport } from './run-self-test.ts';
import { trainJob, type TrainerEquipment } from './train-job.ts';

/** How often a worker looks for jobs, and tells that it still has one. */
export interface WorkRhythm {
  readonly batchSize: 1;
  readonly includeMetadata: true;
  readonly pollingIntervalSeconds: number;
  readonly notifyPollingIntervalSeconds: number;
  readonly heartbeatRefreshSeconds: number;
}

/**
 * Takes trainings of the worker's flavor from the queue, one at a time, until `stopping`, when the one that runs is handed over. A GPU must have
 * stood its trial first; where it has not, none is taken, and the log says why: a training never runs on another device than its flavor's.
 */
export async function takeTrainings(
  platform: Platform,
  equipment: TrainerEquipment,
  rhythm: WorkRhythm,
  { trial, stopping }: { readonly trial: Promise<DeviceReport>; readonly stopping: AbortSignal },
): Promise<void> {
  const { config, queue, log, metrics, tracing } = platform;
  const { flavor } = config.worker;
  const { device } = equipment;
  if (device !== 'CPU') {
    const { unusable } = await trial;
    if (stopping.aborted) return;
    const found = unusable.find((other) => other.device === device);
    if (found) {
      log.error({ flavor, ...found }, 'the worker takes no trainings: the device of its flavor is unusable here');
      return;
    }
  }
  const { maxParallel } = config.flavors.find(({ id }) => id === flavor)!;
  const settings = { ...rhythm, ...(maxParallel !== undefined && { groupConcurrency: maxParallel }) };
  const workerId = await queue.boss.work<TrainingJob>(queueOfFlavor(flavor), settings, async ([job]) => {
    const { trainingId, traceparent } = job!.data;
    using lease = leaseOf(job as unknown as ActiveTrainingJob, stopping);
    const attempt = async () => {
      log.info({ trainingId, device }, 'training starts');
      metrics.trainingsRunning.inc();
      try {
        await trainJob(platform, equipment, trainingId, lease);
        metrics.trainingAttempts.inc({ outcome: 'done' });
        log.info({ trainingId }, 'training ended or was handed over');
      } catch (error) {
        metrics.trainingAttempts.inc({ outcome: 'given_back' });
        log.warn({ err: error, trainingId }, 'training is given back to the queue');
        throw error;
      } finally {
        metrics.trainingsRunning.dec();
        // Under notify a worker that has finished does not look for waiting jobs by itself.
        queue.boss.notifyWorker(workerId);
      }
    };
    const attributes = { 'exemplar.training_id': `Training_${trainingId}`, 'exemplar.flavor': flavor };
    await tracing.run('train', { kind: 'CONSUMER', parent: traceparent, attributes }, attempt);
  });
  log.info({ flavor, device }, 'worker takes trainings');
}
