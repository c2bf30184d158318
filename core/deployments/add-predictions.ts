import { Readable } from 'node:stream';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ActionContext } from '../access/viewer.ts';
import type { Image } from '../images/image-row.ts';
import { takeImageFile } from '../images/take-image-file.ts';
import { findModelVersion } from '../models/model-versions.ts';
import { NotFoundError, type UserError } from '../platform/errors.ts';
import { ObjectMissingError } from '../platform/objects/object-store.ts';
import { isUuid } from '../platform/page.ts';
import { validate } from '../platform/validate.ts';
import { requireDeployment, type Deployment } from './deployment-row.ts';
import type { StoredServedPrediction } from './served-predictions.ts';
import { servedPictureKey } from './store-predictions.ts';
import { imageOriginTable, servedPredictionTable } from './table.ts';

const most = 100;
const addInput = z.object({
  deploymentId: z.string(),
  predictionIds: z
    .array(z.string())
    .min(1, 'must hold at least one prediction')
    .max(most, `must hold at most ${most} predictions`),
});

export type AddedPrediction =
  | { readonly predictionId: string; readonly outcome: 'CREATED' | 'DUPLICATE'; readonly image: Image }
  | { readonly predictionId: string; readonly error: UserError };

/**
 * Makes images of kept predictions, to be labelled; where each came from stays known. A result for each in the order asked; repeating the call
 * gives the same images. EDITOR.
 */
export async function addPredictionsToProject(
  ctx: ActionContext,
  input: z.input<typeof addInput>,
): Promise<AddedPrediction[]> {
  const deployment = await requireDeployment(ctx, input.deploymentId, 'EDITOR');
  const { predictionIds } = validate(addInput, input);
  const ids = predictionIds.filter(isUuid);
  const table = servedPredictionTable;
  const rows =
    ids.length === 0
      ? []
      : await ctx.platform.db
          .select()
          .from(table)
          .where(and(eq(table.deploymentId, deployment.id), inArray(table.id, ids), gt(table.expiresAt, sql`now()`)));
  const known = new Map(rows.map((row) => [row.id, row]));
  const results: AddedPrediction[] = [];
  for (const predictionId of predictionIds)
    results.push({ predictionId, ...(await add(ctx, deployment, predictionId, known.get(predictionId))) });
  return results;
}

async function add(
  ctx: ActionContext,
  { id: deploymentId, projectId }: Deployment,
  predictionId: string,
  prediction: StoredServedPrediction | undefined,
) {
  const { db } = ctx.platform;
  const bytes = prediction && (await readOrNothing(ctx, servedPictureKey(projectId, predictionId)));
  if (!bytes) return { error: new NotFoundError('ServedPrediction', predictionId) };
  const taken = await takeImageFile(ctx, projectId, prediction.fileName, Readable.from([bytes]));
  if ('error' in taken) return taken;
  const { image, outcome } = taken;
  if (outcome === 'CREATED') {
    const version = await findModelVersion(db, prediction.modelVersionId);
    const probability = Math.max(...prediction.probabilities);
    const predicted = version!.classes[prediction.probabilities.indexOf(probability)]!;
    await db
      .insert(imageOriginTable)
      .values({
        imageId: image.id,
        deploymentId,
        modelVersionId: prediction.modelVersionId,
        predictedLabelId: predicted.labelId,
        probability,
        predictedAt: prediction.createdAt,
      })
      .onConflictDoNothing();
  }
  await db.update(servedPredictionTable).set({ imageId: image.id }).where(eq(servedPredictionTable.id, predictionId));
  return { outcome, image };
}

async function readOrNothing({ platform }: ActionContext, key: string): Promise<Buffer | undefined> {
  try {
    return await platform.objects.get(key);
  } catch (error) {
    if (error instanceof ObjectMissingError) return undefined;
    throw error;
  }
}
