import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Caller } from '../access/viewer.ts';
import type { Database } from '../platform/database.ts';
import { InvalidStateError, NotFoundError, UnavailableError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import type { Deployment } from './deployment-row.ts';
import { stopIfOverdue, wakeDeployment } from './stop-deployment.ts';
import { deploymentTable } from './table.ts';

/** By its name, or by its id, as the address of the call says. */
export type DeploymentSelector = { readonly name: string } | { readonly id: string };

/**
 * The deployment that a call is for, ready to answer; one that sleeps is woken. Anybody who may see the project may call, and who has a
 * token for this deployment.
 * @throws {NotFoundError} when there is none that the caller may see. @throws {InvalidStateError} when it was stopped or has failed.
 * @throws {UnavailableError} while it is DEPLOYING.
 */
export async function findServed(
  platform: Platform,
  caller: Caller,
  selector: DeploymentSelector,
): Promise<Deployment> {
  const text = 'name' in selector ? selector.name : selector.id;
  const found = await readVisible(platform.db, caller, selector);
  if (!found) throw new NotFoundError('Deployment', text);
  let deployment = await stopIfOverdue(platform, found);
  if (deployment.state === 'STOPPED' && deployment.stopCause === 'IDLE')
    deployment = await wakeDeployment(platform, deployment);
  if (deployment.state === 'RUNNING') return deployment;
  if (deployment.state === 'DEPLOYING')
    throw new UnavailableError('DEPLOYING', 'The deployment is being started. Try again in a moment.');
  throw new InvalidStateError(
    deployment.state === 'FAILED'
      ? `The deployment has failed: ${deployment.errorMessage}`
      : 'The deployment is stopped. Somebody has to start it before it answers.',
    deployment.state,
  );
}

async function readVisible(
  db: Database,
  { userId, isAdministrator, deploymentId }: Caller,
  selector: DeploymentSelector,
): Promise<Deployment | undefined> {
  if ('id' in selector && !isUuid(selector.id)) return undefined;
  const { byId, byName } = statementsOf(db);
  const viewer = { userId, isAdministrator };
  const [row] =
    'id' in selector
      ? await byId.execute({ ...viewer, ...selector })
      : await byName.execute({ ...viewer, ...selector });
  return row && (deploymentId === null || deploymentId === row.id) ? row : undefined;
}

const statements = new WeakMap<Database, ReturnType<typeof prepare>>();

function statementsOf(db: Database): ReturnType<typeof prepare> {
  const known = statements.get(db) ?? prepare(db);
  statements.set(db, known);
  return known;
}

/** One round trip for each call: the deployment, if it may be seen. */
function prepare(db: Database) {
  const isVisible = sql`(${sql.placeholder('isAdministrator')}::boolean or exists (select from project_member
    where project_id = ${deploymentTable.projectId} and user_id = ${sql.placeholder('userId')}::uuid))`;
  const by = (column: 'id' | 'name') =>
    db
      .select()
      .from(deploymentTable)
      .where(and(eq(deploymentTable[column], sql.placeholder(column)), isNull(deploymentTable.deletedAt), isVisible))
      .prepare(`deployment_by_${column}`);
  return { byId: by('id'), byName: by('name') };
}
