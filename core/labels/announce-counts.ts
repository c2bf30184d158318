import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import { appendCountsChanged } from '../projects/project-events.ts';

/** Tells those who watch the project its counts and those of the labels whose count moved; the caller holds the project's lock. */
export function announceCounts(tx: Transaction, projectId: string, labelIds: Iterable<string>): Promise<void> {
  return appendCountsChanged(
    tx,
    projectId,
    sql`coalesce((
      select jsonb_agg(jsonb_build_object('labelId', label.id, 'imageCount', label.image_count) order by label.id) from label
      where label.project_id = project.id and label.deleted_at is null and label.id = any(${sql.param([...labelIds])}::uuid[])), '[]')`,
  );
}
