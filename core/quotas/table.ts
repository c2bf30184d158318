import { bigint, pgTable, unique, uuid } from 'drizzle-orm/pg-core';
import { projectTable } from '../projects/table.ts';

const limit = (name: string) => bigint(name, { mode: 'number' });

/** What a project may have at most; the row without a project is for all that have no limit of their own. Null = none here. */
export const quotaTable = pgTable(
  'quota',
  {
    projectId: uuid('project_id').references(() => projectTable.id, { onDelete: 'cascade' }),
    images: limit('images'),
    bytes: limit('bytes'),
    activeTrainings: limit('active_trainings'),
    trainingMinutes: limit('training_minutes'),
    deployments: limit('deployments'),
  },
  (table) => [unique('quota_project_unique').on(table.projectId).nullsNotDistinct()],
);
