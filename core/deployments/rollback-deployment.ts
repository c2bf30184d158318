import { and, desc, eq, sql } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import { findModelVersion } from '../models/model-versions.ts';
import type { Queryable } from '../platform/database.ts';
import { InvalidStateError } from '../platform/errors.ts';
import { changeDeployment } from './change-deployment.ts';
import type { Routing } from './deployment-facts.ts';
import { requireDeployment, type Deployment } from './deployment-row.ts';
import type { Serving } from './serving.ts';
import { deploymentChangeTable } from './table.ts';

/**
 * Back to the versions that answered before the last change of versions, with their split or shadow; once more, and it is undone. As with
 * an update, no call is lost. EDITOR. @throws {InvalidStateError} when it has never answered with others.
 */
export async function rollbackDeployment(ctx: ActionContext, serving: Serving, id: string): Promise<Deployment> {
  const before = await requireDeployment(ctx, id, 'EDITOR');
  const expected = await findEarlierRouting(ctx.platform.db, before);
  if (expected && before.state === 'RUNNING')
    for (const versionId of [expected.modelVersionId, expected.candidateVersionId]) {
      const version = versionId === null ? undefined : await findModelVersion(ctx.platform.db, versionId);
      if (version) await serving.predictor.load(version.modelKey);
    }
  const after = await changeDeployment(ctx.platform, before, ctx.viewer.userId, async (deployment, tx) => {
    const earlier = await findEarlierRouting(tx, deployment);
    if (!earlier)
      throw new InvalidStateError('The deployment has never answered with other versions than now.', deployment.state);
    return { kind: 'ROLLED_BACK', set: earlier };
  });
  if (after.state === 'DEPLOYING') serving.settle(after);
  return after;
}

async function findEarlierRouting(db: Queryable, deployment: Deployment): Promise<Routing | undefined> {
  const table = deploymentChangeTable;
  const [earlier] = await db
    .select({
      modelVersionId: table.modelVersionId,
      candidateVersionId: table.candidateVersionId,
      candidateMode: table.candidateMode,
      candidatePercent: table.candidatePercent,
    })
    .from(table)
    .where(
      and(
        eq(table.deploymentId, deployment.id),
        sql`(${table.modelVersionId}, ${table.candidateVersionId}, ${table.candidateMode}, ${table.candidatePercent})
          is distinct from (${deployment.modelVersionId}::uuid, ${deployment.candidateVersionId}::uuid,
          ${deployment.candidateMode}::candidate_mode, ${deployment.candidatePercent}::integer)`,
      ),
    )
    .orderBy(desc(table.sequence))
    .limit(1);
  return earlier;
}
