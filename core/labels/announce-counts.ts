import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import { countsAnnouncer } from '../projects/project-events.ts';

const announce = countsAnnouncer(
  sql`coalesce((
    select jsonb_agg(jsonb_build_object('labelId', label.id, 'imageCount', label.image_count) order by label.id) from label
    where label.project_id = project.id and label.deleted_at is null and label.id = any(${sql.placeholder('labelIds')}::uuid[])), '[]')`,
);

/** Tells those who watch the project its counts and those of the labels whose count moved; the caller holds the project's lock. */
export const announceCounts = (tx: Transaction, projectId: string, labelIds: Iterable<string>): Promise<void> =>
  announce(tx, projectId, [...labelIds]);
