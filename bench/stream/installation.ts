import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { createFirstAdministrator } from '#core/access/users.ts';
import type { EvaluationFacts } from '#core/models/evaluation-facts.ts';
import { readConfig } from '#core/platform/config.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openPlatform, type Platform } from '#core/platform/platform.ts';
import { recordFacts } from '#core/trainings/run-training.ts';
import type { TrainingFact } from '#core/trainings/training-facts.ts';
import { startEmbeddedPostgres } from '../../local/embedded-postgres.ts';

/** A PostgreSQL of its own with an administrator and trainings whose events the benchmark writes as a worker would. */
export interface Installation {
  readonly environment: Record<string, string>;
  readonly token: string;
  readonly platform: Platform;
  /** Trainings that a worker holds, as attempt 1; ids of the database. */
  trainings(count: number): Promise<string[]>;
  close(): Promise<void>;
}

export async function openInstallation(): Promise<Installation> {
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
  await chmod(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') });
  const environment = {
    DATABASE_URL: postgres.url,
    EXEMPLAR_DATA: directory,
    EXEMPLAR_PORT: '0',
    EXEMPLAR_LOG_LEVEL: 'error',
  };
  await migrateDatabase(postgres.url);
  const platform = await openPlatform(readConfig(environment), { role: 'test', supervise: false });
  const { token } = (await createFirstAdministrator(platform.db))!;
  const [project] = await platform.db.execute<{ id: string }>(
    sql`insert into project (name) values ('bench') returning id`,
  );
  const [dataset] = await platform.db.execute<{ id: string }>(sql`
    insert into dataset_version (project_id, name, train_ratio, seed, content_sha256, image_count, train_count, validation_count)
    values (${project!.id}, 'V', 0.8, 0, '', 0, 0, 0) returning id`);
  let numbers = 0;
  return {
    environment,
    token,
    platform,
    trainings: async (count) => {
      const rows = await platform.db.execute<{ id: string }>(sql`
        insert into training (project_id, dataset_version_id, version_number, flavor, state, attempt)
        select ${project!.id}, ${dataset!.id}, ${numbers} + number, 'cpu', 'RUNNING', 1 from generate_series(1, ${count}) number
        returning id`);
      numbers += count;
      return rows.map((row) => row.id);
    },
    close: async () => {
      await platform.close();
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** An epoch of ten classes, with everything that the stream tells of it. */
export function epochFact(epoch: number): TrainingFact {
  const classes = 10;
  const average = { precision: 0.912_345, recall: 0.901_234, f1: 0.905_678 };
  const evaluation: EvaluationFacts = {
    imageCount: 400,
    accuracy: 0.9 + epoch / 10_000,
    macro: average,
    micro: average,
    weighted: average,
    confusionMatrix: Array.from({ length: classes }, (_, row) =>
      Array.from({ length: classes }, (_, column) => (row === column ? 36 : (row + column) % 2)),
    ),
    classStatistics: Array.from({ length: classes }, (_, classIndex) => ({
      classIndex,
      labelId: '0198f000-0000-7000-8000-000000000000',
      labelName: `class ${classIndex}`,
      support: 40,
      predictedCount: 41,
      truePositives: 36,
      threshold: null,
      ...average,
      oneVsRestAccuracy: 0.987_654,
    })),
  };
  return { type: 'EPOCH_COMPLETED', stage: 'FULL', epoch, epochs: 1000, loss: 0.123_456, evaluation };
}

export const writeEpochs = (platform: Platform, trainingId: string, count: number): Promise<void> =>
  recordFacts(
    platform,
    trainingId,
    1,
    Array.from({ length: count }, (_, index) => epochFact(index)),
  );
