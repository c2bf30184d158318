import postgres from 'postgres';
import { promptSockets } from '../platform/prompt-socket.ts';
import type { Config } from '../platform/config.ts';

/** One connection for as long as a backup or a restore lasts; limits that PostgreSQL is set to for others do not count for it. */
export function openSession(url: string, name: string): postgres.Sql {
  return postgres(url, {
    ...promptSockets(),
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    connection: {
      application_name: name,
      statement_timeout: 0,
      lock_timeout: 0,
      transaction_timeout: 0,
      idle_in_transaction_session_timeout: 0,
      idle_session_timeout: 0,
    },
  });
}

/** Locks and snapshots need a session, which a transaction pooler does not give. */
export const sessionUrl = ({ databaseUrl, databaseListenUrl }: Config): string => databaseListenUrl ?? databaseUrl!;
