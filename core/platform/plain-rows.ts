import { Column, is, SQL } from 'drizzle-orm';
import { PgPreparedQuery } from 'drizzle-orm/pg-core';

/** What drizzle keeps of a prepared statement. */
interface Prepared {
  readonly fields?: readonly { readonly path: readonly string[]; readonly field: unknown }[];
  readonly joinsNotNullableMap?: Readonly<Record<string, boolean>>;
  customResultMapper?: (rows: readonly (readonly unknown[])[]) => unknown[];
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

/**
 * Lets a prepared statement of drizzle make its rows in a plain loop: drizzle looks anew for each value of each row at where it goes and how it is decoded,
 * which takes longer than all else about a page. Where a whole table may be null, as with outer joins, it is left alone.
 */
export function plainRows<T>(statement: T): T {
  if (!is(statement, PgPreparedQuery)) return statement;
  const prepared = statement as unknown as Prepared;
  const { fields, joinsNotNullableMap = {} } = prepared;
  if (!fields || prepared.customResultMapper) return statement;
  const columns = fields.map(({ path, field }) => ({ path, decoder: decoderOf(field) }));
  const deepest = Object.values(joinsNotNullableMap).includes(false) ? 1 : 2;
  if (columns.some(({ path, decoder }) => path.length > deepest || !decoder)) return statement;
  const write = columns.map(({ path: [first, second], decoder }, place) => {
    const read = (row: readonly unknown[]) => {
      const value = row[place];
      return value === null ? null : decoder!.mapFromDriverValue(value);
    };
    return second === undefined
      ? (result: Record<string, unknown>, row: readonly unknown[]) => (result[first!] = read(row))
      : (result: Record<string, Record<string, unknown>>, row: readonly unknown[]) =>
          ((result[first!] ??= {})[second] = read(row));
  }) as ((result: object, row: readonly unknown[]) => void)[];
  prepared.customResultMapper = (rows) =>
    rows.map((row) => {
      const result = {};
      for (const each of write) each(result, row);
      return result;
    });
  return statement;
}

function decoderOf(field: unknown): Decoder | undefined {
  if (is(field, Column)) return field;
  return is(field, SQL) ? (field as unknown as { decoder: Decoder }).decoder : undefined;
}
