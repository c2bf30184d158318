import { sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#test/test-database.ts';
import { mappingConstraints, toDomainError } from './constraint-errors.ts';
import { connectDatabase, type DatabaseConnection } from './database.ts';
import { ConflictError, NotFoundError, UserError } from './errors.ts';

/** Unique constraints that no input of a person violates: ids and digests are ours, the rest is handled where it is written. */
const internal = [
  'access_token_sha256_unique',
  'evaluation_unique',
  'model_version_training_unique',
  'quota_project_unique',
  'training_version_number_unique',
];

describe('constraint errors', () => {
  let database: TestDatabase;
  let connection: DatabaseConnection;
  const run = (statement: SQL) => mappingConstraints(() => connection.db.execute(statement));
  const project = (name: string) => sql`insert into project (name) values (${name}) returning id`;
  let projectId: unknown;

  beforeAll(async () => {
    database = await openTestDatabase('migrated');
    connection = connectDatabase(database.url, 2);
    projectId = (await run(project('first')))[0]!['id'];
  });
  afterAll(async () => {
    await connection.close();
    await database.close();
  });

  const twice: [string, () => SQL][] = [
    ['A project of this name', () => project('pets')],
    ['A user of this name', () => sql`insert into app_user (name) values ('anna')`],
    [
      'a label of this name',
      () => sql`insert into label (project_id, name, color) values (${projectId}, 'cat', '#000000')`,
    ],
    [
      'this keyboard shortcut',
      () =>
        sql`insert into label (project_id, name, color, shortcut) values (${projectId}, gen_random_uuid()::text, '#000000', 'q')`,
    ],
    [
      'a dataset version of this name',
      () =>
        sql`insert into dataset_version (project_id, name, train_ratio, seed, content_sha256, image_count, train_count, validation_count)
          values (${projectId}, 'V1', 0.8, 1, sha256('x'), 2, 1, 1)`,
    ],
    [
      'this picture already',
      () => sql`insert into image (project_id, sha256, file_name, format, width, height, byte_size)
          values (${projectId}, sha256('x'), 'a.jpg', 'JPEG', 10, 10, 100)`,
    ],
  ];

  it.each(twice)('say "%s" where a statement violates that', async (message, statement) => {
    await run(statement());
    const error = await run(statement()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConflictError);
    expect((error as Error).message).toContain(message);
  });

  it('say that a label is not there', async () => {
    const [image] = await run(
      sql`insert into image (project_id, sha256, file_name, format, width, height, byte_size)
        values (${projectId}, sha256('y'), 'b.jpg', 'JPEG', 10, 10, 100) returning id`,
    );
    await expect(
      run(
        sql`insert into annotation (image_id, label_id, project_id) values (${image!['id']}, gen_random_uuid(), ${projectId})`,
      ),
    ).rejects.toThrow(NotFoundError);
  });

  it('cover every unique constraint that a person can violate', async () => {
    const rows = await run(
      sql`select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    const unmapped = rows
      .map((row) => String(row['name']))
      .filter((name) => !(toDomainError(Object.assign(new Error(), { constraint_name: name })) instanceof UserError));
    expect(unmapped).toEqual(internal);
  });

  it('leave everything else as it is', async () => {
    const others = [
      new Error('plain'),
      Object.assign(new Error(), { constraint_name: 'another_constraint' }),
      Object.assign(new Error(), { constraint_name: 7 }),
      new Error('outer', { cause: { constraint_name: 'project_name_unique' } }),
      'text',
      undefined,
    ];
    for (const other of others) expect(toDomainError(other)).toBe(other);
    await expect(run(sql`select 1 / 0`)).rejects.toMatchObject({ cause: { code: '22012' } });
    await expect(mappingConstraints(() => Promise.resolve(5))).resolves.toBe(5);
  });
});
