import { eq, sql } from 'drizzle-orm';
import { batched } from '../platform/batched.ts';
import type { Database, Queryable, Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import { perDatabase } from '../platform/per-database.ts';
import { projectTable } from './table.ts';

export type Project = typeof projectTable.$inferSelect;

const selectProject = perDatabase((db: Queryable) =>
  db
    .select()
    .from(projectTable)
    .where(eq(projectTable.id, sql.placeholder('projectId')))
    .prepare('project'),
);

/** The row as it is; callers have checked access. @throws {NotFoundError} */
export async function readProject(db: Queryable, projectId: string): Promise<Project> {
  const [project] = await selectProject(db).execute({ projectId });
  if (!project) throw new NotFoundError('Project', projectId);
  return project;
}

const selectProjects = perDatabase((db: Database) =>
  db
    .select()
    .from(projectTable)
    .where(sql`${projectTable.id} = any(${sql.placeholder('projectIds')}::uuid[])`)
    .prepare('projects'),
);

const findProject = batched(async (db, projectIds: readonly string[]) => {
  const rows = await selectProjects(db).execute({ projectIds: [...new Set(projectIds)] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return projectIds.map((id) => byId.get(id));
});

/** As {@link readProject}, in one statement with the others that are asked for at the same moment. @throws {NotFoundError} */
export async function loadProject(db: Database, projectId: string): Promise<Project> {
  const project = await findProject(db, projectId);
  if (!project) throw new NotFoundError('Project', projectId);
  return project;
}

/** Takes the project's write lock until the transaction ends. @throws {NotFoundError} when it was deleted meanwhile. */
export async function lockProject(tx: Transaction, projectId: string): Promise<Project> {
  const [project] = await tx.select().from(projectTable).where(eq(projectTable.id, projectId)).for('no key update');
  if (!project) throw new NotFoundError('Project', projectId);
  return project;
}

/** Moves the maintained counts; the caller holds the lock. */
export async function changeProjectCounts(
  tx: Transaction,
  projectId: string,
  delta: { images?: number; labelledImages?: number },
): Promise<void> {
  await tx.execute(sql`
    update project set image_count = image_count + ${delta.images ?? 0},
      labelled_image_count = labelled_image_count + ${delta.labelledImages ?? 0}, updated_at = now()
    where id = ${projectId}`);
}

/** The next V-number, never given twice; the caller holds the lock. */
export async function nextVersionNumber(tx: Transaction, projectId: string): Promise<number> {
  const [row] = await tx
    .update(projectTable)
    .set({ lastVersionNumber: sql`${projectTable.lastVersionNumber} + 1` })
    .where(eq(projectTable.id, projectId))
    .returning({ number: projectTable.lastVersionNumber });
  return row!.number;
}
