import { Transform } from 'node:stream';
import type postgres from 'postgres';
import type { BackupTarget } from './backup-target.ts';
import type { Manifest } from './manifest.ts';
import { compressed } from './object-index.ts';

export type DumpedTable = Manifest['tables'][number];

/** The first is filled by the migrations that a restore runs, the other by the workers that are alive. */
const leftOut = ['schema_migration', 'worker'];

/** Rows by `COPY`, which every PostgreSQL has, in text, which every PostgreSQL reads. Tables that a crash empties are left out. */
export async function dumpTables(
  session: postgres.ISql,
  target: BackupTarget,
  signal: AbortSignal,
): Promise<DumpedTable[]> {
  const tables = await session<{ name: string; columns: string[] }[]>`
    select relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' and relname::text <> all (${leftOut})
    group by relname order by relname collate "C"`;
  const dumped: DumpedTable[] = [];
  for (const { name, columns } of tables) {
    signal.throwIfAborted();
    const rows = new LineCount();
    const copy = await session.unsafe(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`).readable();
    copy.on('error', (error) => rows.destroy(error));
    // The driver stops reading from PostgreSQL while we are slow and goes on when we ask for more, which nobody does after the last row: the next
    // statement would wait for ever.
    copy.on('end', () => copy._read(0));
    const file = `database/${name}.copy.gz`;
    const measured = await target.writeFile(file, compressed(copy.pipe(rows)));
    dumped.push({ name, columns, file, ...measured, rows: rows.count });
  }
  return dumped;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** In COPY's text a line is a row: what breaks lines within a value is escaped. */
class LineCount extends Transform {
  count = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.count++;
    done(null, chunk);
  }
}
