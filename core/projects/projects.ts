import { and, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import { requireScope } from '../access/token-scope.ts';
import { addOwner, visibleProjects } from '../access/project-membership.ts';
import type { ActionContext } from '../access/viewer.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { LimitExceededError } from '../platform/errors.ts';
import { abandonObjects, deleteAbandonedObjects } from '../platform/objects/abandoned-objects.ts';
import { readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { storableText, validate } from '../platform/validate.ts';
import { loadProject, projectPrefix, readProject, type Project } from './project-row.ts';
import { retryDeadlock } from './retry-deadlock.ts';
import { projectTable, projectTypes } from './table.ts';

const projectName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,31}$/,
    'must start with a letter and have 1 to 32 characters out of letters, digits, _ and -',
  );
const description = storableText().max(256, 'must have at most 256 characters');

const createProjectInput = z.object({
  name: projectName,
  description: description.nullish(),
  /** @default 'SINGLE_LABEL' */
  type: z.enum(projectTypes).nullish(),
});

/** Any signed-in user may make a project and owns it. @throws {LimitExceededError} past the installation's limit (100). */
export async function createProject(ctx: ActionContext, input: z.input<typeof createProjectInput>): Promise<Project> {
  requireScope(ctx.viewer, 'TRAIN');
  const values = validate(createProjectInput, input);
  const { db, config } = ctx.platform;
  return mappingConstraints(() =>
    db.transaction(async (tx) => {
      // Serialises creators, so that two at once cannot both take the last place.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('create project'))`);
      const used = await tx.$count(projectTable);
      if (used >= config.limits.projects)
        throw new LimitExceededError('Projects of this installation', config.limits.projects, used + 1);
      const [project] = await tx
        .insert(projectTable)
        .values({ name: values.name, description: values.description ?? '', type: values.type ?? 'SINGLE_LABEL' })
        .returning();
      await addOwner(tx, ctx, project!.id);
      return project!;
    }),
  );
}

const updateProjectInput = z.object({ name: projectName.nullish(), description: description.nullish() });

/** Left out = kept. */
export async function updateProject(
  ctx: ActionContext,
  projectId: string,
  input: z.input<typeof updateProjectInput>,
): Promise<Project> {
  await requireProject(ctx, projectId, 'OWNER');
  const { name, description } = validate(updateProjectInput, input);
  const [project] = await mappingConstraints(() =>
    ctx.platform.db
      .update(projectTable)
      .set({
        ...(name != null && { name }),
        ...(description != null && { description }),
        updatedAt: sql`now()`,
      })
      .where(eq(projectTable.id, projectId))
      .returning(),
  );
  return project ?? readProject(ctx.platform.db, projectId);
}

/** Where addresses of the store put uploads, as long as those may be used and what was begun then may last; they know of no project that is deleted. */
const directFolders = ['uploads', 'import-uploads'];
const directMilliseconds = 25 * 3600 * 1000;

/** Deletes the project with its images, versions, trainings and all their files. There is no way back. */
export async function deleteProject(ctx: ActionContext, projectId: string): Promise<void> {
  await requireProject(ctx, projectId, 'OWNER');
  await retryDeadlock(() =>
    ctx.platform.db.transaction(async (tx) => {
      await abandonObjects(tx, projectPrefix(projectId));
      if (ctx.platform.config.directStore)
        for (const folder of directFolders)
          await abandonObjects(tx, `${projectPrefix(projectId)}${folder}/`, new Date(Date.now() + directMilliseconds));
      await tx.delete(projectTable).where(eq(projectTable.id, projectId));
    }),
  );
  await deleteAbandonedObjects(ctx.platform);
}

/** @throws {NotFoundError} */
export async function getProject(ctx: ActionContext, projectId: string): Promise<Project> {
  await requireProject(ctx, projectId, 'VIEWER');
  return loadProject(ctx.platform.db, projectId);
}

/** The projects that the viewer may see, oldest first. */
export async function listProjects(ctx: ActionContext, request: PageRequest): Promise<Page<Project>> {
  const { limit, after } = readPageRequest(request);
  const rows = await ctx.platform.db
    .select()
    .from(projectTable)
    .where(and(visibleProjects(ctx, projectTable.id), after === undefined ? undefined : gt(projectTable.id, after)))
    .orderBy(projectTable.id)
    .limit(limit + 1);
  return toPage(rows, limit);
}
