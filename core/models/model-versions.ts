import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { requireProject, requireProjectOf } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable } from '../platform/database.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import { objectUrl } from '../platform/object-url.ts';
import { classStatisticsTable, evaluationTable, modelVersionTable, predictionTable } from './table.ts';

export type ModelVersion = typeof modelVersionTable.$inferSelect;
export type Evaluation = typeof evaluationTable.$inferSelect;
export type StoredClassStatistics = typeof classStatisticsTable.$inferSelect;
export type StoredPrediction = typeof predictionTable.$inferSelect;

/** The row, or undefined; callers have checked access. */
export async function findModelVersion(db: Queryable, id: string): Promise<ModelVersion | undefined> {
  if (!isUuid(id)) return undefined;
  const [version] = await db.select().from(modelVersionTable).where(eq(modelVersionTable.id, id));
  return version;
}

/** @throws {NotFoundError} */
export async function getModelVersion(ctx: ActionContext, id: string): Promise<ModelVersion> {
  const version = await findModelVersion(ctx.platform.db, id);
  await requireProjectOf(ctx, 'ModelVersion', id, version?.projectId, 'VIEWER');
  return version!;
}

/** Newest first. */
export async function listModelVersions(
  ctx: ActionContext,
  request: PageRequest & { projectId: string },
): Promise<Page<ModelVersion>> {
  await requireProject(ctx, request.projectId, 'VIEWER');
  const { limit, after } = readPageRequest(request);
  const rows = await ctx.platform.db
    .select()
    .from(modelVersionTable)
    .where(
      and(
        eq(modelVersionTable.projectId, request.projectId),
        after === undefined ? undefined : lt(modelVersionTable.id, after),
      ),
    )
    .orderBy(desc(modelVersionTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

/** The model that a training left, if it left one; callers have checked access to the training. */
export async function findModelOfTraining(db: Queryable, trainingId: string): Promise<ModelVersion | undefined> {
  const [version] = await db.select().from(modelVersionTable).where(eq(modelVersionTable.trainingId, trainingId));
  return version;
}

/** The evaluation on the validation split of its own dataset version; callers have checked access to the model version. */
export async function readEvaluation(db: Queryable, modelVersion: ModelVersion): Promise<Evaluation> {
  const evaluation = await findEvaluation(db, modelVersion, 'VALIDATION');
  if (!evaluation) throw new Error(`model version ${modelVersion.id} has no evaluation`);
  return evaluation;
}

/** The same on the test split, which no training looks at; undefined where there was none, or it was not measured. */
export async function findTestEvaluation(db: Queryable, modelVersion: ModelVersion): Promise<Evaluation | undefined> {
  return findEvaluation(db, modelVersion, 'TEST');
}

async function findEvaluation(
  db: Queryable,
  modelVersion: ModelVersion,
  split: Evaluation['split'],
): Promise<Evaluation | undefined> {
  const [evaluation] = await db
    .select()
    .from(evaluationTable)
    .where(
      and(
        eq(evaluationTable.modelVersionId, modelVersion.id),
        eq(evaluationTable.datasetVersionId, modelVersion.datasetVersionId),
        eq(evaluationTable.split, split),
      ),
    );
  return evaluation;
}

/** Images that count as unlike everything that was trained on; null where the model cannot tell. */
export async function countUnfamiliar(
  db: Queryable,
  evaluationId: string,
  { unfamiliarityThreshold }: Pick<ModelVersion, 'unfamiliarityThreshold'>,
): Promise<number | null> {
  if (unfamiliarityThreshold === null) return null;
  const isAbove = sql`${predictionTable.unfamiliarity} > ${unfamiliarityThreshold}::real`;
  return db.$count(predictionTable, and(eq(predictionTable.evaluationId, evaluationId), isAbove));
}

/** In class order; callers have checked access. */
export async function readClassStatistics(db: Queryable, evaluationId: string): Promise<StoredClassStatistics[]> {
  return db
    .select()
    .from(classStatisticsTable)
    .where(eq(classStatisticsTable.evaluationId, evaluationId))
    .orderBy(asc(classStatisticsTable.classIndex));
}

/** What a version's evaluation rests on: its classes and its answer to each validation image; undefined when there is no such version. */
export async function readAnswers(db: Queryable, modelVersionId: string) {
  const version = await findModelVersion(db, modelVersionId);
  if (!version) return undefined;
  const { id } = await readEvaluation(db, version);
  const answers = await db
    .select({
      imageId: predictionTable.imageId,
      actualClasses: predictionTable.actualClasses,
      predictedClasses: predictionTable.predictedClasses,
    })
    .from(predictionTable)
    .where(eq(predictionTable.evaluationId, id));
  return { classes: version.classes, answers };
}

/** What the model answered for each image of the split, in image order; callers have checked access. */
export async function listPredictions(
  db: Queryable,
  evaluationId: string,
  request: PageRequest,
): Promise<Page<StoredPrediction>> {
  const { limit, after } = readPageRequest(request);
  return toPage(await readPredictions(db, evaluationId, after, limit + 1), limit);
}

/** All of them in image order, a thousand at a time; callers have checked access. */
export async function* allPredictions(db: Queryable, evaluationId: string): AsyncGenerator<StoredPrediction> {
  for (let after: string | undefined; ;) {
    const rows = await readPredictions(db, evaluationId, after, predictionsPerRead);
    yield* rows;
    if (rows.length < predictionsPerRead) return;
    after = rows.at(-1)!.imageId;
  }
}

const predictionsPerRead = 1000;

async function readPredictions(
  db: Queryable,
  evaluationId: string,
  after: string | undefined,
  limit: number,
): Promise<StoredPrediction[]> {
  return db
    .select()
    .from(predictionTable)
    .where(
      and(
        eq(predictionTable.evaluationId, evaluationId),
        after === undefined ? undefined : gt(predictionTable.imageId, after),
      ),
    )
    .orderBy(predictionTable.imageId)
    .limit(limit);
}

/** A signed address of the ONNX file, good for an hour. */
export function modelUrl(platform: Platform, version: ModelVersion): string {
  return objectUrl(platform, version.modelKey);
}
