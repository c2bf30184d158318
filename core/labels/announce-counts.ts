import { eq, and, isNull } from 'drizzle-orm';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { appendCountsChanged } from '../projects/project-events.ts';
import { labelTable } from './table.ts';

/** Tells those who watch the project its counts and those of the labels whose count moved; the caller holds the project's lock. */
export async function announceCounts(tx: Transaction, projectId: string, labelIds: Iterable<string>): Promise<void> {
  const ids = [...labelIds];
  const labels =
    ids.length === 0
      ? []
      : await tx
          .select({ labelId: labelTable.id, imageCount: labelTable.imageCount })
          .from(labelTable)
          .where(and(eq(labelTable.projectId, projectId), anyOf(labelTable.id, ids), isNull(labelTable.deletedAt)))
          .orderBy(labelTable.id);
  await appendCountsChanged(tx, projectId, labels);
}
