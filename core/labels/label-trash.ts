import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { anyOf } from '../platform/any-of.ts';
import type { Queryable, Transaction } from '../platform/database.ts';
import { isUuid } from '../platform/page.ts';
import { isExpired, isInTrash, type Disposal } from '../projects/trash.ts';
import type { Label } from './label-row.ts';
import { labelTable } from './table.ts';

/** Puts a label that is there into the trash. Its annotations are still to be taken off; returns nothing when it is there no more. */
export async function trashLabelRow(
  tx: Transaction,
  labelId: string,
  disposal: Disposal,
  deletePolicy: string,
): Promise<Label | undefined> {
  const [label] = await tx
    .update(labelTable)
    .set({ ...disposal, deletePolicy, isSettling: true })
    .where(and(eq(labelTable.id, labelId), isNull(labelTable.deletedAt)))
    .returning();
  return label;
}

/** Takes a label out of the trash; its annotations are still to be brought back. A keyboard shortcut that another label has by now is lost. */
export async function untrashLabelRow(tx: Transaction, { id, projectId, shortcut }: Label): Promise<Label> {
  const taken =
    shortcut !== null &&
    (await tx.$count(
      labelTable,
      and(eq(labelTable.projectId, projectId), eq(labelTable.shortcut, shortcut), isNull(labelTable.deletedAt)),
    )) > 0;
  const [label] = await tx
    .update(labelTable)
    .set({
      deletedAt: null,
      deletedBy: null,
      expiresAt: null,
      deletePolicy: null,
      isSettling: true,
      ...(taken && { shortcut: null }),
    })
    .where(eq(labelTable.id, id))
    .returning();
  return label!;
}

/** Those of these ids that are in the project's trash, locked, in id order. */
export async function lockTrashedLabels(
  tx: Transaction,
  projectId: string,
  labelIds: readonly string[],
): Promise<Label[]> {
  return tx
    .select()
    .from(labelTable)
    .where(
      and(
        eq(labelTable.projectId, projectId),
        anyOf(labelTable.id, labelIds.filter(isUuid)),
        isInTrash(labelTable, projectId),
      ),
    )
    .orderBy(labelTable.id)
    .for('update');
}

/** The label of this name that is there. */
export async function findLabelByName(db: Queryable, projectId: string, name: string): Promise<Label | undefined> {
  const [label] = await db
    .select()
    .from(labelTable)
    .where(and(eq(labelTable.projectId, projectId), eq(labelTable.name, name), isNull(labelTable.deletedAt)));
  return label;
}

/** A page of the labels in the project's trash, last deleted first, after a place in that order. */
export async function readTrashedLabels(
  db: Queryable,
  projectId: string,
  after: { readonly deletedAt: Date; readonly id: string } | undefined,
  limit: number,
): Promise<Label[]> {
  return db
    .select()
    .from(labelTable)
    .where(
      and(
        eq(labelTable.projectId, projectId),
        isInTrash(labelTable, projectId),
        after &&
          sql`(${labelTable.deletedAt}, ${labelTable.id}) < (${after.deletedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(labelTable.deletedAt), desc(labelTable.id))
    .limit(limit);
}

/** A label whose annotations are on the move, the first after this id. */
export async function nextSettling(db: Queryable, after: string | undefined): Promise<Label | undefined> {
  const [label] = await db
    .select()
    .from(labelTable)
    .where(and(labelTable.isSettling, after === undefined ? undefined : gt(labelTable.id, after)))
    .orderBy(asc(labelTable.id))
    .limit(1);
  return label;
}

/** As it is now; the caller holds the project's lock. Undefined when all its annotations are where they belong. */
export async function readSettling(tx: Transaction, labelId: string): Promise<Label | undefined> {
  const [label] = await tx
    .select()
    .from(labelTable)
    .where(and(eq(labelTable.id, labelId), labelTable.isSettling));
  return label;
}

export async function markSettled(tx: Transaction, labelId: string): Promise<void> {
  await tx.update(labelTable).set({ isSettling: false }).where(eq(labelTable.id, labelId));
}

/** Labels of the project whose time in the trash is over, at most so many; those whose annotations are on the move wait. */
export async function findExpiredLabels(tx: Transaction, projectId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: labelTable.id })
    .from(labelTable)
    .where(
      and(
        eq(labelTable.projectId, projectId),
        isNotNull(labelTable.expiresAt),
        isExpired(labelTable, projectId),
        eq(labelTable.isSettling, false),
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Deletes the row for good; its annotations are gone already. */
export async function deleteLabelRow(tx: Transaction, labelId: string): Promise<void> {
  await tx.delete(labelTable).where(eq(labelTable.id, labelId));
}
