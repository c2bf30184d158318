import { z } from 'zod';
import type { ActionContext } from '../access/viewer.ts';
import { imageKey, requireImage } from '../images/image-row.ts';
import { readUploadedBytes, readUploads } from '../images/image-uploads.ts';
import { NotFoundError, UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { getModelVersion, type ModelVersion } from './model-versions.ts';
import type { ModelClass } from './evaluation-facts.ts';
import { isUnfamiliar } from './is-unfamiliar.ts';
import type { Answer, Picture, Predictor } from './predictor.ts';

const predictInput = z
  .object({
    modelVersionId: z.string(),
    /** An image of the project, or ... */
    imageId: z.string().nullish(),
    /** ... a file that was uploaded but not made an image: it stays outside the project. */
    uploadId: z.string().nullish(),
  })
  .refine((input) => (input.imageId == null) !== (input.uploadId == null), 'name either imageId or uploadId');

export interface Score {
  readonly modelClass: ModelClass;
  /** 0..1. */
  readonly probability: number;
  /** Whether the model says that the picture shows it: the most probable class, or each from its threshold on. */
  readonly isPredicted: boolean;
}

export interface Prediction {
  readonly modelVersion: ModelVersion;
  /** Most probable first. */
  readonly scores: readonly Score[];
  /** How unlike all training images the picture is: about 1 for images like those; null where the model cannot tell. */
  readonly unfamiliarity: number | null;
  /** Whether that is above the version's threshold: the scores mean nothing then. Null where the model cannot tell. */
  readonly isUnfamiliar: boolean | null;
}

/** The quick test of any model version: what it says to one picture. */
export async function predict(
  ctx: ActionContext,
  predictor: Predictor,
  input: z.input<typeof predictInput>,
): Promise<Prediction> {
  const modelVersion = await getModelVersion(ctx, input.modelVersionId);
  const { imageId, uploadId } = validate(predictInput, input);
  const picture =
    imageId != null ? await readImage(ctx, modelVersion, imageId) : await readUpload(ctx, modelVersion, uploadId!);
  const [answer] = await predictor.predict(modelVersion.modelKey, [picture], { caller: modelVersion.id });
  if (answer instanceof UserError) throw answer;
  const { unfamiliarity = null } = answer!;
  return {
    modelVersion,
    scores: toScores(modelVersion.classes, answer!),
    unfamiliarity,
    isUnfamiliar: isUnfamiliar(modelVersion, unfamiliarity),
  };
}

/** Most probable first. */
export function toScores(classes: readonly ModelClass[], { probabilities }: Answer): Score[] {
  return classes
    .map((modelClass, index) => ({ modelClass, probability: probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability)
    .map(({ modelClass, probability }, rank) => {
      const { threshold } = modelClass;
      return { modelClass, probability, isPredicted: threshold === undefined ? rank === 0 : probability >= threshold };
    });
}

async function readImage(ctx: ActionContext, modelVersion: ModelVersion, imageId: string): Promise<Picture> {
  const image = await requireImage(ctx, imageId, 'VIEWER');
  if (image.projectId !== modelVersion.projectId) throw new NotFoundError('Image', imageId);
  const bytes = await ctx.platform.objects.get(imageKey(image.projectId, image.sha256, 'normalised'));
  return { fileName: image.fileName, bytes, isNormalised: true };
}

async function readUpload(ctx: ActionContext, modelVersion: ModelVersion, uploadId: string): Promise<Picture> {
  const upload = (await readUploads(ctx, [uploadId])).get(uploadId);
  if (!upload || upload.projectId !== modelVersion.projectId) throw new NotFoundError('ImageUpload', uploadId);
  const { bytes } = await readUploadedBytes(ctx.platform, upload);
  return { fileName: upload.fileName, bytes, isNormalised: false };
}
