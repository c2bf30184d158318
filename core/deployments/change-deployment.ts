import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { appendProjectEvents, wakeProjectWatchers } from '../projects/project-events.ts';
import { lockProject } from '../projects/project-row.ts';
import type { DeploymentChangeKind } from './deployment-facts.ts';
import type { Deployment } from './deployment-row.ts';
import { deploymentChangeTable, deploymentTable } from './table.ts';

/** What a change makes of a deployment, as it reads with the deployment locked; undefined = nothing is to be done. */
export type DeploymentChange = {
  readonly kind: DeploymentChangeKind;
  readonly set: Partial<Omit<Deployment, 'id' | 'projectId' | 'lastSequence'>>;
};

/**
 * The one way in which a deployment changes: row, history and the project's event in one transaction. Returns the deployment as it is then.
 * @param changedBy user; null when nobody did it.
 * @throws {NotFoundError} when it was deleted, and what `decide` throws.
 */
export async function changeDeployment(
  platform: Platform,
  { id, projectId }: Pick<Deployment, 'id' | 'projectId'>,
  changedBy: string | null,
  decide: (deployment: Deployment, tx: Transaction) => Promise<DeploymentChange | undefined>,
): Promise<Deployment> {
  let isChanged = false;
  const deployment = await platform.db.transaction(async (tx) => {
    // The project first, as whoever deletes it does.
    await lockProject(tx, projectId);
    const [locked] = await tx
      .select()
      .from(deploymentTable)
      .where(and(eq(deploymentTable.id, id), isNull(deploymentTable.deletedAt)))
      .for('no key update');
    if (!locked) throw new NotFoundError('Deployment', id);
    const change = await decide(locked, tx);
    if (!change) return locked;
    const [changed] = await tx
      .update(deploymentTable)
      .set({ ...change.set, lastSequence: locked.lastSequence + 1 })
      .where(eq(deploymentTable.id, id))
      .returning();
    await appendChange(tx, changed!, change.kind, changedBy);
    isChanged = true;
    return changed!;
  });
  if (isChanged) wakeProjectWatchers(platform, projectId);
  return deployment;
}

/** Writes into history what the row, whose number was moved, is now; the caller holds the project's lock. */
export async function appendChange(
  tx: Transaction,
  deployment: Deployment,
  kind: DeploymentChangeKind,
  changedBy: string | null,
): Promise<void> {
  const { id, state, stopCause, modelVersionId, candidateVersionId, candidateMode, candidatePercent } = deployment;
  await tx.insert(deploymentChangeTable).values({
    deploymentId: id,
    sequence: deployment.lastSequence,
    kind,
    state,
    stopCause,
    modelVersionId,
    candidateVersionId,
    candidateMode,
    candidatePercent,
    changedBy,
    changedAt: sql`clock_timestamp()`,
  });
  await appendProjectEvents(tx, deployment.projectId, [
    { type: 'DEPLOYMENT_CHANGED', deploymentId: id, name: deployment.name, change: kind, state, modelVersionId },
  ]);
}
