import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '#core/platform/platform.ts';
import { interruptTraining } from '#core/trainings/interrupt-training.ts';
import { countLostWorkers, mostLostWorkers } from '#core/trainings/lost-workers.ts';
import {
  claimTraining,
  completeTraining,
  endTraining,
  readStopRequest,
  type ClaimedTraining,
} from '#core/trainings/run-training.ts';
import { StaleAttemptError } from '#core/trainings/training-events.ts';
import type { TrainingFailure } from '#core/trainings/training-facts.ts';
import { checkpointPrefix } from '#core/trainings/training-row.ts';
import { isDiskFull, type ChosenLowering, type Device } from '#engine/index.ts';
import type { BaseModelShelf } from './base-model-shelf.ts';
import { describeCrash, diskFull, failureOf, lostWorkers } from './failure-of.ts';
import type { JobLease } from './job-lease.ts';
import { prepareFolder } from './prepare-folder.ts';
import type { TrainerOutcome } from './run-trainer.ts';
import { watchStopRequests, type StopRequests } from './stop-requests.ts';
import { modelFolder, storeModel } from './store-model.ts';
import { superviseTrainer } from './supervise-trainer.ts';
import { whenRaised } from './when-raised.ts';

/** A training that crashed this many trainers is not tried again. */
const maximumCrashes = 3;

/** What is the same for all trainings of a worker. */
export interface TrainerEquipment {
  readonly workerId: string;
  readonly shelf: BaseModelShelf;
  /** Of its flavor; tried by the self-test. */
  readonly device: Device;
  /** What the worker's self-test chooses. */
  readonly lowering: Promise<ChosenLowering>;
}

type AttemptOutcome = TrainerOutcome | { readonly type: 'refused'; readonly failure: TrainingFailure };

/**
 * Runs one training from claim to end. Returns when the training has ended, was handed over or belongs to another attempt; throws when
 * the queue should try again.
 */
export async function trainJob(
  platform: Platform,
  equipment: TrainerEquipment,
  trainingId: string,
  lease: JobLease,
): Promise<void> {
  if (lease.handOver.aborted) throw new Error('the worker stops');
  const { workerId, device } = equipment;
  const claimed = await claimTraining(platform, trainingId, { workerId, device, held: lease.job });
  if (!claimed) return;
  const { attempt, projectId } = claimed.training;
  platform.tracing.set({ 'exemplar.attempt': attempt, 'exemplar.project_id': `Project_${projectId}` });
  const folder = join(platform.config.workDirectory, `${trainingId}-${attempt}`);
  using requests = watchStopRequests(platform, claimed.training);
  const attempting = new Attempt(platform, claimed, folder, lease, requests);
  try {
    await attempting.run(equipment);
  } catch (error) {
    if (!(error instanceof StaleAttemptError)) throw error;
    platform.log.warn({ trainingId, attempt }, 'another attempt has taken over');
  } finally {
    await attempting.prepared;
    await rm(folder, { recursive: true, force: true });
  }
}

class Attempt {
  /** Resolves when nothing is put into the folder any more. */
  prepared: Promise<unknown> = Promise.resolve();
  readonly #platform: Platform;
  readonly #claimed: ClaimedTraining;
  readonly #folder: string;
  readonly #lease: JobLease;
  readonly #requests: StopRequests;

  constructor(platform: Platform, claimed: ClaimedTraining, folder: string, lease: JobLease, requests: StopRequests) {
    this.#platform = platform;
    this.#claimed = claimed;
    this.#folder = folder;
    this.#lease = lease;
    this.#requests = requests;
  }

  /** @throws {StaleAttemptError} */
  async run(equipment: TrainerEquipment): Promise<void> {
    const { objects } = this.#platform;
    const { training } = this.#claimed;
    let goesOn: boolean;
    try {
      goesOn = await this.#finish(await this.#train(equipment));
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      goesOn = false;
      await objects.deleteAll(modelFolder(training));
      await this.#fail(diskFull((error as Error).message));
    }
    if (!goesOn) await objects.deleteAll(checkpointPrefix(training));
  }

  async #train(equipment: TrainerEquipment): Promise<AttemptOutcome> {
    const { training } = this.#claimed;
    const { cancel, overtaken } = this.#requests;
    const { handOver, lost } = this.#lease;
    const workersLost = training.attempt > 1 ? await countLostWorkers(this.#platform.db, training.id) : 0;
    if (workersLost >= mostLostWorkers) return { type: 'refused', failure: lostWorkers(workersLost) };
    const interrupted = AbortSignal.any([cancel, overtaken, handOver, lost]);
    const raised = Promise.withResolvers<undefined>();
    using _listener = whenRaised(interrupted, () => raised.resolve(undefined));
    const lowering = await Promise.race([equipment.lowering, raised.promise]);
    if (lowering) {
      const chosen = { ...equipment, lowering };
      const preparing = prepareFolder(this.#platform, this.#claimed, chosen, this.#folder, interrupted);
      this.prepared = preparing.catch(() => undefined);
      const failure = await Promise.race([preparing, raised.promise]);
      if (failure) return { type: 'refused', failure };
    }
    if (cancel.aborted) return { type: 'cancelled' };
    if (handOver.aborted) return { type: 'handedOver' };
    return superviseTrainer(this.#platform, this.#claimed, this.#folder, this.#lease, this.#requests);
  }

  /** Whether another attempt goes on. */
  async #finish(outcome: AttemptOutcome): Promise<boolean> {
    const { training } = this.#claimed;
    switch (outcome.type) {
      case 'done':
        await this.#complete();
        return false;
      case 'cancelled':
        await endTraining(this.#platform, training.id, training.attempt, { state: 'CANCELLED' });
        return false;
      case 'handedOver': {
        const { message } = this.#lease.handOver.reason as Error;
        await interruptTraining(this.#platform, training, this.#lease.job, { reason: 'WORKER_STOPPED', message });
        return true;
      }
      case 'refused':
        await this.#fail(outcome.failure);
        return false;
      case 'crashed':
        if (training.crashes + 1 < maximumCrashes) {
          const message = describeCrash(outcome);
          await interruptTraining(this.#platform, training, this.#lease.job, { reason: 'TRAINER_CRASHED', message });
          return true;
        }
        await this.#fail(failureOf(outcome, this.#claimed));
        return false;
      case 'failed':
        this.#platform.log.error({ trainingId: training.id, stack: outcome.stack }, 'a training failed');
        await this.#fail(failureOf(outcome, this.#claimed));
        return false;
      default:
        await this.#fail(failureOf(outcome, this.#claimed));
        return false;
    }
  }

  async #complete(): Promise<void> {
    const { training } = this.#claimed;
    const { stopReason, model } = await storeModel(this.#platform, this.#claimed, this.#folder);
    try {
      if ((await readStopRequest(this.#platform, training.id, training.attempt)) === 'CANCEL') {
        await endTraining(this.#platform, training.id, training.attempt, { state: 'CANCELLED' });
        await this.#platform.objects.deleteAll(modelFolder(training));
      } else await completeTraining(this.#platform, this.#claimed, stopReason, model);
    } catch (error) {
      // Overtaken, or deleted with its project: nobody will ever ask for these files.
      if (error instanceof StaleAttemptError) await this.#platform.objects.deleteAll(modelFolder(training));
      throw error;
    }
  }

  #fail(failure: TrainingFailure): Promise<void> {
    const { id, attempt } = this.#claimed.training;
    return endTraining(this.#platform, id, attempt, { state: 'FAILED', failure });
  }
}
