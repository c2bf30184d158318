import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { ModelVersion } from '../models/model-versions.ts';
import type { Picture } from '../models/predictor.ts';
import { UserError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { ServedPrediction } from './answer-call.ts';
import type { Deployment } from './deployment-row.ts';
import { servedPredictionTable } from './table.ts';

/** Under the project, so that deleting the project deletes the pictures of its calls. */
export const servedPictureKey = (projectId: string, predictionId: string): string =>
  `projects/${projectId}/predictions/${predictionId}`;

/**
 * Keeps answered pictures for as long as the deployment says, gives the results back with their ids. Rows before bytes: what a crash leaves is found
 * by the sweep in any case, and a picture that somebody wanted kept for an hour is not there for ever.
 */
export async function storePredictions(
  platform: Platform,
  { id: deploymentId, projectId, storeHours }: Deployment,
  { id: modelVersionId }: ModelVersion,
  pictures: readonly Picture[],
  results: readonly (ServedPrediction | UserError)[],
): Promise<(ServedPrediction | UserError)[]> {
  const expiresAt = new Date(Date.now() + storeHours! * 3_600_000);
  const rows: (typeof servedPredictionTable.$inferInsert)[] = [];
  const kept: { key: string; bytes: Uint8Array }[] = [];
  const stored: (ServedPrediction | UserError)[] = [];
  for (const [index, result] of results.entries()) {
    if (result instanceof UserError) {
      stored.push(result);
      continue;
    }
    const { fileName, bytes } = pictures[index]!;
    const id = randomUUID();
    kept.push({ key: servedPictureKey(projectId, id), bytes });
    const { probabilities, unfamiliarity = null } = result.answer;
    rows.push({
      id,
      deploymentId,
      modelVersionId,
      fileName: fileName.replaceAll('\0', '\uFFFD').slice(0, 1024) || 'unnamed',
      byteSize: bytes.byteLength,
      // drizzle would bind each element on its own; as one text the array is one parameter.
      probabilities: sql`${`{${probabilities.join(',')}}`}::real[]` as unknown as number[],
      unfamiliarity,
      decision: result.decision,
      uncertainty: result.uncertainty,
      expiresAt,
    });
    stored.push({ ...result, id });
  }
  if (rows.length > 0) await platform.db.insert(servedPredictionTable).values(rows);
  await Promise.all(kept.map(({ key, bytes }) => platform.objects.put(key, bytes)));
  return stored;
}
