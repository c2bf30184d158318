import { connectListener } from '../database.ts';
import type { Platform } from '../platform.ts';
import type { EventLog } from './event-log.ts';

interface Wakeable {
  readonly log: Pick<EventLog<never>, 'channel'>;
  wake(id: string): void;
  wakeAll(): void;
}

/** One LISTEN connection for all logs of this process; after a reconnect everybody looks again. */
export async function listen(platform: Platform, logs: readonly Wakeable[]): Promise<{ close(): Promise<void> }> {
  const client = connectListener(platform.config.databaseListenUrl ?? platform.databaseUrl);
  try {
    for (const tails of logs)
      await client.listen(
        tails.log.channel,
        (id) => tails.wake(id),
        () => tails.wakeAll(),
      );
  } catch (error) {
    await client.end({ timeout: 5 });
    throw error;
  }
  return { close: () => client.end({ timeout: 5 }) };
}
