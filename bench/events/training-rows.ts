import type postgres from 'postgres';

/** Running trainings in their first attempt, without pictures: all that writing and watching events needs. Returns their ids. */
export async function insertTrainings(database: postgres.Sql, project: string, count: number): Promise<string[]> {
  const [{ id: projectId }] = await database<
    [{ id: string }]
  >`insert into project (name) values (${project}) returning id`;
  const [{ id: versionId }] = await database<[{ id: string }]>`
    insert into dataset_version (project_id, name, train_ratio, seed, content_sha256, image_count, train_count, validation_count)
    values (${projectId}, 'V001', 0.8, 0, '\\x00', 0, 0, 0) returning id`;
  const rows = await database<{ id: string }[]>`
    insert into training (project_id, version_number, dataset_version_id, flavor, state, attempt)
    select ${projectId}, number, ${versionId}, 'cpu', 'RUNNING', 1 from generate_series(1, ${count}::int) number returning id`;
  return rows.map(({ id }) => id);
}
