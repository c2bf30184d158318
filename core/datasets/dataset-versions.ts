import { and, asc, desc, eq, lt } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject, requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable } from '../platform/database.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { datasetVersionImageTable, datasetVersionLabelTable, datasetVersionTable, type split } from './table.ts';

/** As in the reference. */
export const datasetVersionName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,32}$/, 'must have 1 to 32 characters out of letters, digits, _ and -');

export type DatasetVersion = typeof datasetVersionTable.$inferSelect;
export type DatasetClass = typeof datasetVersionLabelTable.$inferSelect;

/** Undefined when there is none; callers have checked access. */
export async function findDatasetVersion(db: Queryable, id: string): Promise<DatasetVersion | undefined> {
  if (!isUuid(id)) return undefined;
  const [version] = await db.select().from(datasetVersionTable).where(eq(datasetVersionTable.id, id));
  return version;
}

/** @throws {NotFoundError} */
export async function getDatasetVersion(ctx: ActionContext, id: string): Promise<DatasetVersion> {
  const version = await findDatasetVersion(ctx.platform.db, id);
  await requireProjectOf(ctx, 'DatasetVersion', id, version?.projectId, 'VIEWER');
  return version!;
}

/** Newest first. */
export async function listDatasetVersions(
  ctx: ActionContext,
  request: PageRequest & { projectId: string },
): Promise<Page<DatasetVersion>> {
  await requireProject(ctx, request.projectId, 'VIEWER');
  const { limit, after } = readPageRequest(request);
  const rows = await ctx.platform.db
    .select()
    .from(datasetVersionTable)
    .where(
      and(
        eq(datasetVersionTable.projectId, request.projectId),
        after === undefined ? undefined : lt(datasetVersionTable.id, after),
      ),
    )
    .orderBy(desc(datasetVersionTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** The classes in the order of a model's outputs; callers have checked access. */
export async function readDatasetClasses(db: Queryable, datasetVersionId: string): Promise<DatasetClass[]> {
  return db
    .select()
    .from(datasetVersionLabelTable)
    .where(eq(datasetVersionLabelTable.datasetVersionId, datasetVersionId))
    .orderBy(asc(datasetVersionLabelTable.classIndex));
}

export interface DatasetImage {
  readonly imageId: string;
  readonly sha256: Buffer;
  /** Of the labels it carries, ascending; one in a single-label project. */
  readonly classIndexes: readonly number[];
  readonly split: (typeof split.enumValues)[number];
}

/** Every image of the version in id order; callers have checked access. */
export async function readDatasetImages(db: Queryable, datasetVersionId: string): Promise<DatasetImage[]> {
  return db
    .select({
      imageId: datasetVersionImageTable.imageId,
      sha256: datasetVersionImageTable.sha256,
      classIndexes: datasetVersionImageTable.classIndexes,
      split: datasetVersionImageTable.split,
    })
    .from(datasetVersionImageTable)
    .where(eq(datasetVersionImageTable.datasetVersionId, datasetVersionId))
    .orderBy(datasetVersionImageTable.imageId);
}

/** Whether the project has a dataset version of this name. */
export async function isNameTaken(db: Queryable, projectId: string, name: string): Promise<boolean> {
  const [row] = await db
    .select({ id: datasetVersionTable.id })
    .from(datasetVersionTable)
    .where(and(eq(datasetVersionTable.projectId, projectId), eq(datasetVersionTable.name, name)));
  return row !== undefined;
}

/** The one that was published last; undefined when there is none. */
export async function findLatestVersion(db: Queryable, projectId: string): Promise<DatasetVersion | undefined> {
  const [latest] = await db
    .select()
    .from(datasetVersionTable)
    .where(eq(datasetVersionTable.projectId, projectId))
    .orderBy(desc(datasetVersionTable.id))
    .limit(1);
  return latest;
}

/** The next free name of the form V001: one past the number of versions, then upwards. */
export async function generateName(db: Queryable, projectId: string): Promise<string> {
  const used = await db.$count(datasetVersionTable, eq(datasetVersionTable.projectId, projectId));
  for (let number = used + 1; ; number++) {
    const name = `V${String(number).padStart(3, '0')}`;
    if (!(await isNameTaken(db, projectId, name))) return name;
  }
}
