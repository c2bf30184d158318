import { z } from 'zod';
import { preferences } from '#core/trainings/training-facts.ts';

/** What the worker writes into the trainer's folder: `training.json`. */
export const trainerSpecSchema = z.object({
  trainingId: z.string(),
  objectsDirectory: z.string(),
  baseModelDirectory: z.string(),
  classes: z.array(z.object({ id: z.string(), name: z.string() })),
  images: z.array(
    z.object({ key: z.string(), classIndex: z.number().int(), split: z.enum(['TRAIN', 'VALIDATION', 'TEST']) }),
  ),
  preference: z.enum(preferences),
  seed: z.number().int(),
  /** Epoch milliseconds. */
  deadline: z.number(),
  /** File of the base version's head, if the training goes on from one. */
  initialHeadFile: z.string().nullable(),
});
export type TrainerSpec = z.infer<typeof trainerSpecSchema>;

/** What the trainer leaves in its folder: `result.json`, beside `model.onnx` and `head.json`. */
export const trainerResultSchema = z.object({
  stopReason: z.enum(['CONVERGED', 'MAX_DURATION', 'STOPPED_BY_USER']),
  baseModel: z.string(),
  baseModelSha256: z.string(),
  secondsByPhase: z.record(z.string(), z.number()),
  /** One row for each validation image, in the order of the spec. */
  predictions: z.array(z.array(z.number())),
});
export type TrainerResult = z.infer<typeof trainerResultSchema>;

/** Worker to trainer. */
export type TrainerCommand = 'cancel' | 'keep';

/** Trainer to worker, besides the engine's events. */
export type TrainerEnd =
  | { readonly type: 'done' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'unreadable'; readonly keys: readonly string[] }
  | { readonly type: 'failed'; readonly message: string; readonly stack: string };
