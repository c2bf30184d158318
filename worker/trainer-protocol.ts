import { z } from 'zod';
import { s3PlaceSchema } from '#core/platform/objects/s3-keys.ts';
import { preferences } from '#core/trainings/training-facts.ts';
import { devices, type Device } from '#engine/index.ts';

/** What the worker writes into the trainer's folder: `training.json`. */
export const trainerSpecSchema = z.object({
  trainingId: z.string(),
  objectsDirectory: z.string(),
  /** Of the S3-compatible store, if there is one; the keys come in the environment, since this is written to a file. */
  s3: s3PlaceSchema.nullable(),
  baseModelDirectory: z.string(),
  projectType: z.enum(['SINGLE_LABEL', 'MULTI_LABEL']),
  classes: z.array(z.object({ id: z.string(), name: z.string() })),
  images: z.array(
    z.object({
      key: z.string(),
      /** Of the labels it carries; one in a single-label project. */
      classIndexes: z.array(z.number().int()),
      split: z.enum(['TRAIN', 'VALIDATION', 'TEST']),
    }),
  ),
  preference: z.enum(preferences),
  seed: z.number().int(),
  /** Epoch milliseconds. */
  deadline: z.number(),
  /** Model file of the base version, if the training goes on from one. */
  initialVersionFile: z.string().nullable(),
  /** What it runs on, and nothing else. */
  device: z.enum(devices),
  /** What the worker's self-test has chosen for the CPU. */
  lowering: z.object({ name: z.enum(['blocked', 'portable']), reason: z.string() }),
  attempt: z.number().int(),
  /** Checkpoints lie in the object store under this and the number of the attempt. */
  checkpointPrefix: z.string(),
  /** Of decoded pictures and activations, shared by the trainings of this worker. */
  cache: z.object({ directory: z.string(), budgetBytes: z.number() }),
});
export type TrainerSpec = z.infer<typeof trainerSpecSchema>;

/** What the model file says to the images of a split, in the order of the spec. */
const answersSchema = z.object({
  /** One row for each image. */
  predictions: z.array(z.array(z.number())),
  /** Null where the file does not tell. */
  unfamiliarity: z.array(z.number()).nullable(),
});
export type TrainerAnswers = z.infer<typeof answersSchema>;

/** What the trainer leaves in its folder: `result.json`, beside `model.onnx`. */
export const trainerResultSchema = z.object({
  stopReason: z.enum(['CONVERGED', 'MAX_DURATION', 'STOPPED_BY_USER']),
  baseModel: z.string(),
  baseModelSha256: z.string(),
  secondsByPhase: z.record(z.string(), z.number()),
  recipe: z.object({
    device: z.enum(devices),
    version: z.number(),
    stage: z.enum(['HEAD', 'SUFFIX', 'FULL']),
    epoch: z.number(),
    epochs: z.number(),
    inputSize: z.number(),
  }),
  /** One, or one for each class in a multi-label project. */
  temperatures: z.array(z.number()),
  unfamiliarityThreshold: z.number().nullable(),
  crossValidated: z
    .object({ folds: z.number(), imageCount: z.number(), accuracy: z.number(), macroF1: z.number() })
    .nullable(),
  /** In class order, from which on a label is said; null in a single-label project. */
  thresholds: z.array(z.number()).nullable(),
  validation: answersSchema,
  /** Null where there is no test part, or it cannot be read. */
  test: answersSchema.nullable(),
});
export type TrainerResult = z.infer<typeof trainerResultSchema>;

/** Worker to trainer. `handOver`: save the position and end, so that another attempt goes on. */
export type TrainerCommand = 'cancel' | 'keep' | 'handOver';

/** Trainer to worker, besides the engine's events. */
export type TrainerEnd =
  | { readonly type: 'done' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'handedOver' }
  | { readonly type: 'diskFull'; readonly message: string }
  | { readonly type: 'unreadable'; readonly keys: readonly string[] }
  | { readonly type: 'unusableBase'; readonly message: string }
  | { readonly type: 'deviceUnavailable'; readonly device: Device; readonly message: string }
  | { readonly type: 'diverged'; readonly message: string }
  | { readonly type: 'failed'; readonly message: string; readonly stack: string };
