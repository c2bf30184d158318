import { imageKey } from '#core/images/image-row.ts';
import type { ClaimedTraining } from '#core/trainings/run-training.ts';
import type { TrainingFailure } from '#core/trainings/training-facts.ts';
import type { TrainerOutcome } from './run-trainer.ts';

export type FailedOutcome = Exclude<TrainerOutcome, { type: 'done' | 'cancelled' | 'handedOver' }>;

/** What the person is told of a training that left no model. */
export function failureOf(outcome: FailedOutcome, { training, images }: ClaimedTraining): TrainingFailure {
  switch (outcome.type) {
    case 'unreadable': {
      const missing = new Set(outcome.keys);
      const imageIds = images
        .filter((image) => missing.has(imageKey(training.projectId, image.sha256, 'normalised')))
        .map((image) => image.imageId);
      return {
        code: 'UNREADABLE_IMAGES',
        message: `${imageIds.length} image(s) of the dataset version cannot be read.`,
        hint: 'Delete these images or upload them again, then start the training again.',
        retryable: false,
        imageIds: imageIds.slice(0, 100),
      };
    }
    case 'unusableBase':
      return {
        code: 'BASE_VERSION_UNUSABLE',
        message: `The base version cannot be gone on from: ${outcome.message}`,
        hint: 'Start the training without a base version, or with another one.',
        retryable: false,
      };
    case 'deviceUnavailable':
      return {
        code: 'DEVICE_UNAVAILABLE',
        message: outcome.message,
        hint: 'Look at the driver of the worker and start the worker again, or train on another flavor.',
        retryable: true,
      };
    case 'diverged':
      return {
        code: 'DIVERGED',
        message: outcome.message,
        hint: 'Look for pictures with a wrong label, or start the training with another seed or another preference.',
        retryable: true,
      };
    case 'diskFull':
      return diskFull(outcome.message);
    case 'failed':
      return {
        code: /bad_alloc|out of memory|allocation failed/i.test(outcome.message) ? 'OUT_OF_MEMORY' : 'INTERNAL',
        message: outcome.message,
        hint: 'Start the training again; if it fails again, send us the log of the worker.',
        retryable: true,
      };
    case 'crashed':
      return {
        code: outcome.signal === 'SIGKILL' || outcome.signal === 'SIGABRT' ? 'OUT_OF_MEMORY' : 'INTERNAL',
        message: describeCrash(outcome),
        hint: 'Give the worker more memory, then start the training again.',
        retryable: true,
      };
  }
}

export const diskFull = (message: string): TrainingFailure => ({
  code: 'DISK_FULL',
  message: `The worker could not write: ${message}`,
  hint: 'Make room on the disk of the worker and of the object store, then start the training again.',
  retryable: true,
});

export const lostWorkers = (count: number): TrainingFailure => ({
  code: 'WORKER_LOST',
  message: `The training was given up: ${count} workers in a row were lost with it before they came any further.`,
  hint: 'Look at the log of the workers and at their memory, then start the training again.',
  retryable: true,
});

/** How the trainer died, and the last that it said. */
export function describeCrash({ signal, code, stderr }: Extract<TrainerOutcome, { type: 'crashed' }>): string {
  const last = stderr.trim().slice(-500);
  return `The trainer ended with ${signal ?? `code ${code}`}${last ? `: ${last}` : '.'}`;
}
