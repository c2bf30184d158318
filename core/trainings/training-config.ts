import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { findBaseModel } from '../base-models/base-models.ts';
import { findModelVersion } from '../models/model-versions.ts';
import type { Config } from '../platform/config.ts';
import type { Queryable } from '../platform/database.ts';
import { ValidationError } from '../platform/errors.ts';
import { storableText, validate } from '../platform/validate.ts';
import { lockProject } from '../projects/project-row.ts';
import { trainingConfigTable } from './table.ts';
import { preferences, type Preference } from './training-facts.ts';

/** The parameters of a training, as in the reference, and the seed. */
export interface TrainingConfig {
  /** Share of the images of each class that is trained on, over (0,1); where there is a test part, of those beside it. */
  readonly trainRatio: number;
  /** Share of the images of each class that is held out of training and validation, 0 to 0.5. */
  readonly testRatio: number;
  /** Name of the pretrained network to build on; null = the one that suits the preference. Without meaning where a base version is given. */
  readonly baseModel: string | null;
  /** Model version whose head the training starts from; null = from nothing. */
  readonly baseVersionId: string | null;
  /** Minutes, 6 to 6000. At the limit the model is saved and the training completes. */
  readonly maxDurationMinutes: number;
  readonly preference: Preference;
  /** Id of the pool of workers. */
  readonly flavor: string;
  readonly seed: number;
}

/** What a caller may change; left out = kept. */
export interface TrainingConfigInput {
  readonly trainRatio?: number | null | undefined;
  readonly testRatio?: number | null | undefined;
  readonly baseModel?: string | null | undefined;
  readonly baseVersionId?: string | null | undefined;
  readonly maxDurationMinutes?: number | null | undefined;
  readonly preference?: Preference | null | undefined;
  readonly flavor?: string | null | undefined;
  readonly seed?: number | null | undefined;
}

const ratio = (number: z.ZodNumber) =>
  number.refine((value) => Number(value.toFixed(5)) === value, 'must have at most 5 decimals').nullish();

/** How images are dealt to the sides; also what `publishDatasetVersion` takes. */
export const splitInput = z.object({
  trainRatio: ratio(z.number().gt(0, 'must be greater than 0').lt(1, 'must be less than 1')),
  testRatio: ratio(z.number().min(0, 'must be at least 0').max(0.5, 'must be at most 0.5')),
  seed: z.number().int().min(0).max(4_294_967_295).nullish(),
});

function configInput(config: Config) {
  const flavors = config.flavors.map((flavor) => flavor.id);
  return splitInput.extend({
    baseModel: storableText().max(100, 'must have at most 100 characters').nullish(),
    baseVersionId: z.string().nullish(),
    maxDurationMinutes: z
      .number()
      .int('must be a whole number of minutes')
      .min(6, 'must be at least 6 minutes')
      .max(6000, 'must be at most 6000 minutes')
      .nullish(),
    preference: z.enum(preferences).nullish(),
    flavor: z
      .string()
      .refine((id) => flavors.includes(id), `must be one of ${flavors.join(', ')}`)
      .nullish(),
  });
}

export function defaultTrainingConfig(config: Config): TrainingConfig {
  return {
    trainRatio: 0.8,
    testRatio: 0,
    baseModel: null,
    baseVersionId: null,
    maxDurationMinutes: 60,
    preference: 'BALANCE',
    flavor: config.flavors[0]!.id,
    seed: 0,
  };
}

/** The project's saved config, or the defaults; callers have checked access. */
export async function readTrainingConfig(db: Queryable, config: Config, projectId: string): Promise<TrainingConfig> {
  const [row] = await db.select().from(trainingConfigTable).where(eq(trainingConfigTable.projectId, projectId));
  if (!row) return defaultTrainingConfig(config);
  const { projectId: _, ...saved } = row;
  return saved;
}

/** The saved config with the caller's changes laid over it. @throws {ValidationError} */
export function applyConfigInput(config: Config, saved: TrainingConfig, input: TrainingConfigInput): TrainingConfig {
  const changes = validate(configInput(config), input);
  return {
    trainRatio: changes.trainRatio ?? saved.trainRatio,
    testRatio: changes.testRatio ?? saved.testRatio,
    baseModel: changes.baseModel === undefined ? saved.baseModel : changes.baseModel,
    baseVersionId: changes.baseVersionId === undefined ? saved.baseVersionId : changes.baseVersionId,
    maxDurationMinutes: changes.maxDurationMinutes ?? saved.maxDurationMinutes,
    preference: changes.preference ?? saved.preference,
    flavor: changes.flavor ?? saved.flavor,
    seed: changes.seed ?? saved.seed,
  };
}

/** The config that the project's next training starts from. */
export async function getTrainingConfig(ctx: ActionContext, projectId: string): Promise<TrainingConfig> {
  await requireProject(ctx, projectId, 'VIEWER');
  return readTrainingConfig(ctx.platform.db, ctx.platform.config, projectId);
}

/** Saves defaults for the project's next trainings. */
export async function updateTrainingConfig(
  ctx: ActionContext,
  projectId: string,
  input: TrainingConfigInput,
): Promise<TrainingConfig> {
  await requireProject(ctx, projectId, 'EDITOR');
  const { db, config } = ctx.platform;
  return db.transaction(async (tx) => {
    // Two who save different fields at once must not undo each other.
    await lockProject(tx, projectId);
    const next = applyConfigInput(config, await readTrainingConfig(tx, config, projectId), input);
    if (next.baseVersionId !== null) await requireUsableBase(tx, projectId, next.baseVersionId);
    if (next.baseModel !== null && !(await findBaseModel(tx, next.baseModel)))
      throw new ValidationError([
        { path: ['input', 'baseModel'], message: 'is not the name of a base model: see `baseModels`' },
      ]);
    await tx
      .insert(trainingConfigTable)
      .values({ projectId, ...next })
      .onConflictDoUpdate({ target: trainingConfigTable.projectId, set: next });
    return next;
  });
}

/** @throws {ValidationError} when the base version is not a model version of this project. */
async function requireUsableBase(db: Queryable, projectId: string, baseVersionId: string): Promise<void> {
  const base = await findModelVersion(db, baseVersionId);
  if (base?.projectId !== projectId)
    throw new ValidationError([
      { path: ['input', 'baseVersionId'], message: 'is not a completed model version of this project' },
    ]);
}
