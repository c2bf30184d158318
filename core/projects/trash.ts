import { eq, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { ActionContext } from '../access/viewer.ts';
import type { Transaction } from '../platform/database.ts';
import { projectTable } from './table.ts';

/** Who throws something away, when, and until when it can be restored. */
export interface Disposal {
  readonly deletedBy: string | null;
  readonly deletedAt: Date;
  readonly expiresAt: Date;
}

/** What rows that can be in the trash have. `expiresAt` is null for those that are not, and for images that are kept for a dataset version only. */
export interface Disposable {
  readonly deletedAt: AnyPgColumn;
  readonly expiresAt: AnyPgColumn;
}

/**
 * Of this moment; the caller holds the project's lock. Always later than the last emptying of the trash, whatever the clock does.
 * @param forGood it expires at once.
 */
export async function disposalNow(
  tx: Transaction,
  { platform, viewer }: ActionContext,
  projectId: string,
  forGood: boolean,
): Promise<Disposal> {
  const [row] = await tx
    .select({
      ms: sql<number>`extract(epoch from greatest(date_trunc('milliseconds', clock_timestamp()),
        ${projectTable.trashEmptiedAt} + interval '1 millisecond')) * 1000`.mapWith(Number),
    })
    .from(projectTable)
    .where(eq(projectTable.id, projectId));
  const days = forGood ? 0 : platform.config.trashDays;
  const deletedAt = new Date(row!.ms);
  return { deletedBy: viewer.userId, deletedAt, expiresAt: new Date(row!.ms + days * 24 * 60 * 60_000) };
}

const emptiedAt = (projectId: string): SQL =>
  sql`coalesce((select ${projectTable.trashEmptiedAt} from ${projectTable} where ${projectTable.id} = ${projectId}), '-infinity')`;

/** Whether a deleted row of the project can still be restored. */
export const isInTrash = ({ deletedAt, expiresAt }: Disposable, projectId: string): SQL =>
  sql`(${expiresAt} > clock_timestamp() and ${deletedAt} > ${emptiedAt(projectId)})`;

/** Whether its time in the trash is over: it waits to be deleted for good. */
export const isExpired = ({ deletedAt, expiresAt }: Disposable, projectId: string): SQL =>
  sql`(${expiresAt} is not null and (${expiresAt} <= now() or ${deletedAt} <= ${emptiedAt(projectId)}))`;

/** Nothing that is in the trash now can be restored any more; the caller holds the project's lock. */
export async function markTrashEmptied(tx: Transaction, projectId: string): Promise<void> {
  await tx.execute(sql`
    update project set trash_emptied_at = greatest(clock_timestamp(),
      (select max(deleted_at) from image where project_id = ${projectId} and expires_at is not null),
      (select max(deleted_at) from label where project_id = ${projectId} and expires_at is not null))
    where id = ${projectId}`);
}
