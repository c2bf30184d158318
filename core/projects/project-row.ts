import { eq, sql } from 'drizzle-orm';
import { batched } from '../platform/batched.ts';
import type { Database, Queryable, Transaction } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import { perDatabase } from '../platform/per-database.ts';
import { projectTable } from './table.ts';

export type Project = typeof projectTable.$inferSelect;

/** Of all objects of the project. */
export const projectPrefix = (projectId: string): string => `projects/${projectId}/`;

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
  const [project] = await selectForUpdate(tx).execute({ projectId });
  if (!project) throw new NotFoundError('Project', projectId);
  return project;
}

const selectForUpdate = perDatabase((tx: Transaction) =>
  tx
    .select()
    .from(projectTable)
    .where(eq(projectTable.id, sql.placeholder('projectId')))
    .for('no key update')
    .prepare('project_for_update'),
);

/** Moves the maintained counts; the caller holds the lock. */
export async function changeProjectCounts(
  tx: Transaction,
  projectId: string,
  delta: { images?: number; labelledImages?: number },
): Promise<void> {
  await updateCounts(tx).execute({ projectId, images: delta.images ?? 0, labelledImages: delta.labelledImages ?? 0 });
}

const updateCounts = perDatabase((tx: Transaction) =>
  tx
    .update(projectTable)
    .set({
      imageCount: sql`${projectTable.imageCount} + ${sql.placeholder('images')}::int`,
      labelledImageCount: sql`${projectTable.labelledImageCount} + ${sql.placeholder('labelledImages')}::int`,
      updatedAt: sql`now()`,
    })
    .where(eq(projectTable.id, sql.placeholder('projectId')))
    .prepare('update_project_counts'),
);

/** The next V-number, never given twice; the caller holds the lock. */
export async function nextVersionNumber(tx: Transaction, projectId: string): Promise<number> {
  const [row] = await tx
    .update(projectTable)
    .set({ lastVersionNumber: sql`${projectTable.lastVersionNumber} + 1` })
    .where(eq(projectTable.id, projectId))
    .returning({ number: projectTable.lastVersionNumber });
  return row!.number;
}
