import { readMigrationFiles } from 'drizzle-orm/migrator';
import type postgres from 'postgres';
import { migrationsFolder } from './migrate.ts';

/** A step of the schema, as drizzle's migrator knows it. */
export interface Migration {
  /** When it was written, milliseconds since 1970: their order. */
  readonly when: number;
  readonly hash: string;
  readonly statements: readonly string[];
}

/** Those of this version, in order. @param folder @default the one beside the code */
export const readMigrations = (folder = migrationsFolder): Migration[] =>
  readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
    when: folderMillis,
    hash,
    statements: sql,
  }));

/** As the migrator would, but within a transaction of the caller, who holds the lock of the migrations. */
export async function applyMigrations(tx: postgres.TransactionSql, migrations: readonly Migration[]): Promise<void> {
  await tx`create table if not exists public.schema_migration (id serial primary key, hash text not null, created_at bigint)`;
  for (const { when, hash, statements } of migrations) {
    for (const statement of statements) await tx.unsafe(statement);
    await tx`insert into public.schema_migration (hash, created_at) values (${hash}, ${when})`;
  }
}
