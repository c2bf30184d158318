import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { changeDeployment, type DeploymentChange } from './change-deployment.ts';
import type { StopCause } from './deployment-facts.ts';
import { requireDeployment, type Deployment } from './deployment-row.ts';
import { deploymentTable, deploymentTotalTable } from './table.ts';

const stopped = (stopCause: StopCause): DeploymentChange => ({
  kind: 'STOPPED',
  set: { state: 'STOPPED', stopCause, stopsAt: null },
});

/** From this moment calls are refused; those under way get their answer. EDITOR. */
export async function stopDeployment(ctx: ActionContext, id: string): Promise<Deployment> {
  const before = await requireDeployment(ctx, id, 'EDITOR');
  return changeDeployment(ctx.platform, before, ctx.viewer.userId, async ({ state, stopCause }) =>
    // One that sleeps is stopped too: no call wakes it any more.
    state === 'STOPPED' && stopCause !== 'IDLE' ? undefined : stopped('USER'),
  );
}

/** Deletes it with what it has kept; its history stays, its name is free. EDITOR. */
export async function deleteDeployment(ctx: ActionContext, id: string): Promise<Deployment> {
  const before = await requireDeployment(ctx, id, 'EDITOR');
  return changeDeployment(ctx.platform, before, ctx.viewer.userId, async () => ({
    kind: 'DELETED',
    set: { state: 'STOPPED', stopCause: 'USER', stopsAt: null, deletedAt: new Date() },
  }));
}

const isOverdue = (deployment: Pick<Deployment, 'stopsAt'>): boolean =>
  deployment.stopsAt !== null && deployment.stopsAt.getTime() <= Date.now();

/** Stops it if its time is over; also one that sleeps, so that no call wakes it. */
export async function stopIfOverdue(platform: Platform, deployment: Deployment): Promise<Deployment> {
  if (!isOverdue(deployment)) return deployment;
  return changeDeployment(platform, deployment, null, async (now) =>
    isOverdue(now) && (now.state !== 'STOPPED' || now.stopCause === 'IDLE') ? stopped('AUTO_STOP') : undefined,
  );
}

/** Stops those whose time is over, and puts those to sleep that nobody has called for as long as they were told to wait. */
export async function stopUnneeded(platform: Platform): Promise<void> {
  const overdue = await platform.db
    .select()
    .from(deploymentTable)
    .where(and(isNull(deploymentTable.deletedAt), sql`stops_at <= now()`))
    .limit(1000);
  for (const deployment of overdue) await ignoringDeleted(() => stopIfOverdue(platform, deployment));
  const idle = await platform.db
    .select()
    .from(deploymentTable)
    .where(and(isNull(deploymentTable.deletedAt), eq(deploymentTable.state, 'RUNNING'), isIdle))
    .limit(1000);
  for (const deployment of idle)
    await ignoringDeleted(() =>
      changeDeployment(platform, deployment, null, async (now, tx) => {
        const [still] = await tx
          .select()
          .from(deploymentTable)
          .where(and(eq(deploymentTable.id, now.id), eq(deploymentTable.state, 'RUNNING'), isIdle));
        return still && { kind: 'STOPPED', set: { state: 'STOPPED', stopCause: 'IDLE' } };
      }),
    );
}

const isIdle = and(
  sql`${deploymentTable.startedAt} < now() - make_interval(mins => ${deploymentTable.idleStopMinutes})`,
  sql`not exists (select from ${deploymentTotalTable} where ${eq(deploymentTotalTable.deploymentId, deploymentTable.id)}
    and ${deploymentTotalTable.lastInvokedAt} >= now() - make_interval(mins => ${deploymentTable.idleStopMinutes}))`,
);

/** The call that woke it counts as its first one. */
export async function wakeDeployment(platform: Platform, deployment: Deployment): Promise<Deployment> {
  return changeDeployment(platform, deployment, null, async (now) =>
    now.state === 'STOPPED' && now.stopCause === 'IDLE' && !isOverdue(now)
      ? { kind: 'WOKEN', set: { state: 'RUNNING', stopCause: null, startedAt: new Date() } }
      : undefined,
  );
}

async function ignoringDeleted(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
