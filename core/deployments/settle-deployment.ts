import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { findModelVersion } from '../models/model-versions.ts';
import type { Predictor } from '../models/predictor.ts';
import { InvalidStateError, NotFoundError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { changeDeployment } from './change-deployment.ts';
import type { Deployment } from './deployment-row.ts';
import { deploymentTable } from './table.ts';

/** Tries the model file of a deployment that is DEPLOYING and makes it RUNNING or FAILED. Nothing is lost when two servers do it at once. */
export async function settleDeployment(
  platform: Platform,
  predictor: Predictor,
  deployment: Pick<Deployment, 'id' | 'projectId' | 'modelVersionId'>,
): Promise<void> {
  const version = await findModelVersion(platform.db, deployment.modelVersionId);
  if (!version) return;
  let errorMessage: string | null = null;
  try {
    await predictor.load(version.modelKey);
  } catch (error) {
    if (!(error instanceof InvalidStateError)) throw error;
    errorMessage = error.message;
  }
  try {
    await changeDeployment(platform, deployment, null, async ({ state, modelVersionId }) => {
      if (state !== 'DEPLOYING' || modelVersionId !== version.id) return undefined;
      return errorMessage === null
        ? { kind: 'READY', set: { state: 'RUNNING', startedAt: new Date() } }
        : { kind: 'FAILED', set: { state: 'FAILED', errorMessage } };
    });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/** Those whose server has not come to it: it was stopped in between. */
export async function listUnsettled(platform: Platform): Promise<Deployment[]> {
  return platform.db
    .select()
    .from(deploymentTable)
    .where(
      and(
        eq(deploymentTable.state, 'DEPLOYING'),
        isNull(deploymentTable.deletedAt),
        lt(deploymentTable.startedAt, sql`now() - interval '30 seconds'`),
      ),
    )
    .limit(100);
}
