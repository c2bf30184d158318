import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { batched } from '../platform/batched.ts';
import type { Database, Queryable, Transaction } from '../platform/database.ts';
import { isUuid } from '../platform/page.ts';
import { perDatabase } from '../platform/per-database.ts';
import { labelTable } from './table.ts';

export type Label = typeof labelTable.$inferSelect;

/** Whether the label of this id is there and not in the trash. */
export const isLiveLabel = (labelId: AnyPgColumn | SQL): SQL =>
  sql`exists (select from ${labelTable} live where live.id = ${labelId} and live.deleted_at is null)`;

/** The labels of these ids that belong to the project; others are simply missing from the answer. */
export async function readLabels(db: Queryable, projectId: string, labelIds: readonly string[]): Promise<Label[]> {
  const ids = labelIds.filter(isUuid);
  if (ids.length === 0) return [];
  return selectLabels(db).execute({ projectId, ids });
}

const selectLabels = perDatabase((db: Queryable) =>
  db
    .select()
    .from(labelTable)
    .where(
      and(
        eq(labelTable.projectId, sql.placeholder('projectId')),
        sql`${labelTable.id} = any(${sql.placeholder('ids')}::uuid[])`,
        isNull(labelTable.deletedAt),
      ),
    )
    .prepare('labels'),
);

/** All labels of the project in the order in which they were made: the class order of models. Bounded by the label limit. */
export async function readAllLabels(db: Queryable, projectId: string): Promise<Label[]> {
  return selectAllLabels(db).execute({ projectId });
}

const selectAllLabels = perDatabase((db: Queryable) =>
  db
    .select()
    .from(labelTable)
    .where(and(eq(labelTable.projectId, sql.placeholder('projectId')), isNull(labelTable.deletedAt)))
    .orderBy(labelTable.id)
    .prepare('all_labels'),
);

const selectLabelsOf = perDatabase((db: Database) =>
  db
    .select()
    .from(labelTable)
    .where(
      and(sql`${labelTable.projectId} = any(${sql.placeholder('projectIds')}::uuid[])`, isNull(labelTable.deletedAt)),
    )
    .orderBy(labelTable.id)
    .prepare('labels_of_projects'),
);

const findLabelsOf = batched(async (db, projectIds: readonly string[]) => {
  const rows = await selectLabelsOf(db).execute({ projectIds: [...new Set(projectIds)] });
  const byProject = Map.groupBy(rows, ({ projectId }) => projectId);
  return projectIds.map((id) => byProject.get(id) ?? []);
});

/** As {@link readAllLabels}, in one statement with those of other projects that are asked for at the same moment. */
export const loadAllLabels = (db: Database, projectId: string): Promise<readonly Label[]> =>
  findLabelsOf(db, projectId);

/** Moves the maintained image counts; the caller holds the project's lock. */
export async function changeLabelCounts(tx: Transaction, deltas: ReadonlyMap<string, number>): Promise<void> {
  const moved = [...deltas].filter(([, delta]) => delta !== 0);
  if (moved.length === 0) return;
  await updateCounts(tx).execute({ ids: moved.map(([id]) => id), deltas: moved.map(([, delta]) => delta) });
}

const updateCounts = perDatabase((tx: Transaction) =>
  tx
    .update(labelTable)
    .set({ imageCount: sql`${labelTable.imageCount} + moved.delta` })
    .from(sql`unnest(${sql.placeholder('ids')}::uuid[], ${sql.placeholder('deltas')}::int[]) as moved (id, delta)`)
    .where(sql`${labelTable.id} = moved.id`)
    .prepare('update_label_counts'),
);

/** The labels of these ids that there are, by id; callers have checked access. */
export async function readLabelsById(db: Queryable, labelIds: readonly string[]): Promise<Map<string, Label>> {
  const rows = await selectLabelsById(db).execute({ labelIds });
  return new Map(rows.map((row) => [row.id, row]));
}

const selectLabelsById = perDatabase((db: Queryable) =>
  db
    .select()
    .from(labelTable)
    .where(and(sql`${labelTable.id} = any(${sql.placeholder('labelIds')}::uuid[])`, isNull(labelTable.deletedAt)))
    .prepare('labels_by_id'),
);
