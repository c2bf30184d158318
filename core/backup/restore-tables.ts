import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type postgres from 'postgres';
import { BackupError } from './backup-errors.ts';
import type { BackupSource } from './backup-source.ts';
import { quoted } from './dump-tables.ts';
import { decompressed } from './object-index.ts';

/**
 * Fills the empty tables of the schema that the backup had. Foreign keys are taken off meanwhile and made again, which checks them: some tables
 * refer to each other. Triggers rest: what they did is in the rows. @throws {BackupError} when a table does not take its rows, or has not as many as were written.
 */
export async function restoreTables(
  tx: postgres.TransactionSql,
  source: BackupSource,
  signal: AbortSignal,
): Promise<void> {
  const foreignKeys = await tx<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conrelid, conname`;
  for (const { table, name } of foreignKeys) await tx.unsafe(`alter table ${table} drop constraint ${quoted(name)}`);
  const triggered = await tx<{ table: string }[]>`
    select distinct tgrelid::regclass::text as table from pg_trigger join pg_class on pg_class.oid = tgrelid
    where not tgisinternal and relnamespace = 'public'::regnamespace`;
  for (const { table } of triggered) await tx.unsafe(`alter table ${table} disable trigger user`);
  for (const { name, columns, file, rows } of source.manifest.tables) {
    signal.throwIfAborted();
    const statement = `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`;
    await copyIn(tx, statement, decompressed(source.openFile(file))).catch((error: Error) => {
      throw new BackupError(`The table ${name} does not take its rows: ${error.message}`, { cause: error });
    });
    const [{ count }] = (await tx.unsafe(`select count(*)::float8 as count from ${quoted(name)}`)) as unknown as [
      { count: number },
    ];
    if (count !== rows) throw new BackupError(`The table ${name} has ${count} rows instead of ${rows}.`);
  }
  for (const { table } of triggered) await tx.unsafe(`alter table ${table} enable trigger user`);
  for (const { table, name, definition } of foreignKeys)
    await tx.unsafe(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
}

/** Rows into a table. @throws what PostgreSQL says of them. */
async function copyIn(tx: postgres.TransactionSql, statement: string, text: Readable): Promise<void> {
  const table = await tx.unsafe(statement).writable();
  let failure: Error | undefined;
  table.on('error', (error) => (failure = error));
  for await (const chunk of text) {
    if (failure) throw failure;
    if (!table.write(chunk)) await Promise.race([once(table, 'drain'), once(table, 'close')]);
  }
  if (failure) throw failure;
  table.end();
  // What PostgreSQL finds wrong after the last row, the driver tells to nobody; the transaction knows of it.
  await new Promise((resolve) => setImmediate(resolve));
  await tx`select 1`;
}
