import { drizzle } from 'drizzle-orm/postgres-js';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { promptSockets } from './prompt-socket.ts';

export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Either: a helper that takes it can run on its own or inside somebody's transaction. */
export type Queryable = Database | Transaction;

export interface DatabaseConnection {
  readonly db: Database;
  /** The driver beneath: for statements of the hot path, which it prepares once. */
  readonly client: postgres.Sql;
  readonly close: () => Promise<void>;
}

/**
 * Opens the pool. `max` connections; every statement that waits longer than 30 s for a lock fails instead of hanging.
 * @param transactionSeconds after which PostgreSQL ends a transaction, with its connection: a process that is frozen in the middle of one
 * would hold its locks for as long as it is frozen. @default never
 */
export function connectDatabase(url: string, max: number, transactionSeconds = 0): DatabaseConnection {
  const client = postgres(url, {
    ...promptSockets(),
    max,
    onnotice: () => {},
    connection: { application_name: 'exemplar', lock_timeout: 30_000, transaction_timeout: transactionSeconds * 1000 },
  });
  return { db: drizzle({ client }), client, close: () => client.end({ timeout: 5 }) };
}

/**
 * A client for LISTEN, NOTIFY and session locks. Apart from the pool because drizzle replaces the pool's type parsers
 * and because LISTEN needs a session of its own.
 */
export function connectListener(url: string): postgres.Sql {
  return postgres(url, {
    ...promptSockets(),
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'exemplar-listen' },
  });
}
