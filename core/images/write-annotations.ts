import { getTableColumns, sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import { perDatabase } from '../platform/per-database.ts';
import { annotationTable } from './table.ts';

/** Who or what says that an image carries a label. */
export type Statement = Pick<typeof annotationTable.$inferInsert, 'source' | 'confidence' | 'createdBy' | 'createdAt'>;

/** What one image carries from now on in the place of what it carried; one of both may be missing. */
export interface AnnotationChange {
  readonly imageId: string;
  readonly before?: string | undefined;
  readonly after?: { readonly labelId: string; readonly statement: Statement } | undefined;
}

/**
 * Changes annotations as a set, one statement for each of replacing, adding and taking away: what is replaced keeps its row, which spares it the checks of
 * its foreign keys. The caller holds the project's lock.
 */
export async function writeAnnotations(
  tx: Transaction,
  projectId: string,
  changes: readonly AnnotationChange[],
): Promise<void> {
  const replaced = changes.filter(({ before, after }) => before !== undefined && after);
  const added = changes.filter(({ before, after }) => before === undefined && after);
  const removed = changes.filter(({ before, after }) => before !== undefined && !after);
  const before = (some: typeof changes) => some.map((change) => change.before!);
  const imageIds = (some: typeof changes) => some.map(({ imageId }) => imageId);
  await Promise.all([
    replaced.length > 0 && updateAnnotations(tx).execute({ ...valuesOf(replaced), labelsBefore: before(replaced) }),
    added.length > 0 && insertAnnotations(tx).execute({ ...valuesOf(added), projectId }),
    removed.length > 0 && deleteAnnotations(tx).execute({ imageIds: imageIds(removed), labelIds: before(removed) }),
  ]);
}

/** By column. */
function valuesOf(changes: readonly AnnotationChange[]) {
  const statements = changes.map(({ after }) => after!.statement);
  return {
    imageIds: changes.map(({ imageId }) => imageId),
    labelIds: changes.map(({ after }) => after!.labelId),
    sources: statements.map(({ source }) => source ?? 'HUMAN'),
    confidences: statements.map(({ confidence }) => confidence ?? null),
    createdBy: statements.map(({ createdBy }) => createdBy ?? null),
    // As text: drizzle has taken the driver's way with arrays of times.
    createdAt: `{${statements.map(({ createdAt }) => (createdAt ? `"${createdAt.toISOString()}"` : 'null')).join()}}`,
  };
}

const said = sql`unnest(${sql.placeholder('imageIds')}::uuid[], ${sql.placeholder('labelIds')}::uuid[],
  ${sql.placeholder('sources')}::annotation_source[], ${sql.placeholder('confidences')}::real[],
  ${sql.placeholder('createdBy')}::uuid[], ${sql.placeholder('createdAt')}::timestamptz[]`;

const updateAnnotations = perDatabase((tx: Transaction) =>
  tx
    .update(annotationTable)
    .set({
      labelId: sql`said.label_id`,
      source: sql`said.source`,
      confidence: sql`said.confidence`,
      createdBy: sql`said.created_by`,
      createdAt: sql`coalesce(said.created_at, now())`,
    })
    .from(
      sql`${said}, ${sql.placeholder('labelsBefore')}::uuid[])
        as said (image_id, label_id, source, confidence, created_by, created_at, label_before)`,
    )
    .where(sql`${annotationTable.imageId} = said.image_id and ${annotationTable.labelId} = said.label_before`)
    .prepare('update_annotations'),
);

/** drizzle lists the table's columns in this order. */
const columns = Object.keys(getTableColumns(annotationTable)).join();
if (columns !== 'imageId,labelId,projectId,source,confidence,createdBy,createdAt')
  throw new Error(`the columns of annotations are ${columns}`);

const insertAnnotations = perDatabase((tx: Transaction) =>
  tx
    .insert(annotationTable)
    .select(
      sql`select image_id, label_id, ${sql.placeholder('projectId')}::uuid, source, confidence, created_by, coalesce(created_at, now())
        from ${said}) as said (image_id, label_id, source, confidence, created_by, created_at)`,
    )
    .prepare('insert_annotations'),
);

const deleteAnnotations = perDatabase((tx: Transaction) =>
  tx
    .delete(annotationTable)
    .where(
      sql`(${annotationTable.imageId}, ${annotationTable.labelId}) in (
        select * from unnest(${sql.placeholder('imageIds')}::uuid[], ${sql.placeholder('labelIds')}::uuid[]))`,
    )
    .prepare('delete_annotations'),
);
