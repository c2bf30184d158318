import { and, desc, eq, lte } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';
import type { DeploymentChangeRecord } from './list-deployments.ts';
import { deploymentChangeTable } from './table.ts';

/**
 * What was the case at a moment, or undefined before the first change. Versions have answered then only if its state is RUNNING, or STOPPED
 * because it was idle; calls that had begun just before a change have ended with what was the case before. Callers have checked access.
 */
export async function readDeploymentAt(
  db: Queryable,
  deploymentId: string,
  time: Date,
): Promise<DeploymentChangeRecord | undefined> {
  const [change] = await db
    .select()
    .from(deploymentChangeTable)
    .where(and(eq(deploymentChangeTable.deploymentId, deploymentId), lte(deploymentChangeTable.changedAt, time)))
    .orderBy(desc(deploymentChangeTable.sequence))
    .limit(1);
  return change;
}
