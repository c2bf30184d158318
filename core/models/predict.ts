import { z } from 'zod';
import type { ActionContext } from '../access/viewer.ts';
import { imageKey, requireImage } from '../images/image-row.ts';
import { readUploadedBytes, readUploads } from '../images/image-uploads.ts';
import { ingestPicture } from '../images/ingest-picture.ts';
import { NotFoundError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { getModelVersion, type ModelVersion } from './model-versions.ts';
import type { ModelClass } from './evaluation-facts.ts';

/** What a model file says to a picture. */
export interface ModelAnswer {
  /** Of each class of the version, in its class order. */
  readonly probabilities: Float32Array;
  /** See {@link Prediction}; undefined for model files of before it was told. */
  readonly unfamiliarity: number | undefined;
}

/** Runs model files; the server has one, core knows no ONNX. */
export interface Predictor {
  /** `jpeg` is a normalised picture. */
  predict(version: ModelVersion, jpeg: Buffer): Promise<ModelAnswer>;
}

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
  const jpeg =
    imageId != null ? await readImage(ctx, modelVersion, imageId) : await readUpload(ctx, modelVersion, uploadId!);
  const { probabilities, unfamiliarity } = await predictor.predict(modelVersion, jpeg);
  const scores = modelVersion.classes
    .map((modelClass, index) => ({ modelClass, probability: probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability)
    .map(({ modelClass, probability }, rank) => {
      const { threshold } = modelClass;
      return { modelClass, probability, isPredicted: threshold === undefined ? rank === 0 : probability >= threshold };
    });
  return {
    modelVersion,
    scores,
    unfamiliarity: unfamiliarity ?? null,
    isUnfamiliar: isUnfamiliar(modelVersion, unfamiliarity ?? null),
  };
}

/** Whether a picture counts as unlike everything that the version was trained on; null where it cannot tell. */
export function isUnfamiliar(
  { unfamiliarityThreshold }: Pick<ModelVersion, 'unfamiliarityThreshold'>,
  unfamiliarity: number | null,
): boolean | null {
  if (unfamiliarity === null || unfamiliarityThreshold === null) return null;
  // PostgreSQL gives a stored real in its shortest decimal form.
  return Math.fround(unfamiliarity) > Math.fround(unfamiliarityThreshold);
}

async function readImage(ctx: ActionContext, modelVersion: ModelVersion, imageId: string): Promise<Buffer> {
  const image = await requireImage(ctx, imageId, 'VIEWER');
  if (image.projectId !== modelVersion.projectId) throw new NotFoundError('Image', imageId);
  return ctx.platform.objects.get(imageKey(image.projectId, image.sha256, 'normalised'));
}

async function readUpload(ctx: ActionContext, modelVersion: ModelVersion, uploadId: string): Promise<Buffer> {
  const upload = (await readUploads(ctx, [uploadId])).get(uploadId);
  if (!upload || upload.projectId !== modelVersion.projectId) throw new NotFoundError('ImageUpload', uploadId);
  const { bytes } = await readUploadedBytes(ctx.platform, upload);
  return (await ingestPicture(ctx.platform, upload.fileName, bytes)).jpeg;
}
