import { setImmediate } from 'node:timers/promises';
import { readConfig } from '#core/platform/config.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { startServer } from '#server/http-server.ts';
import type { Mode, ServerCommand, ServerMessage } from './messages.ts';
import { startPlainServer } from './plain-server.ts';
import { startRawServer } from './raw-server.ts';

/* One of the servers that are compared, as a process of its own. */
const mode = process.argv[2] as Mode;
const tell = (message: ServerMessage) => process.send!(message);

const raw = mode === 'raw' ? await startRawServer() : undefined;
const url = raw?.url ?? (await startReal()).url;
process.on('message', (command: ServerCommand) => {
  if (command.type === 'broadcast') {
    void raw!.broadcast(command.topic, command.payloads);
    return;
  }
  if (command.type === 'collect') {
    void collect();
    return;
  }
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  tell({ type: 'usage', cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
tell({ type: 'ready', url });

async function startReal(): Promise<{ url: string }> {
  const platform = await openPlatform(readConfig(), { role: 'server', supervise: false });
  return mode === 'ours' ? startServer(platform) : startPlainServer(platform);
}

/** Collects all there is to collect, and gives the pages that are empty then back to the system: what is resident still is held. */
async function collect(): Promise<void> {
  // Buffers are freed a turn or two after the collection that found them unused.
  for (let turn = 0; turn < 3; turn++) {
    await globalThis.gc!({ type: 'major', execution: 'async', flavor: 'last-resort' });
    await setImmediate();
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  tell({ type: 'collected', residentBytes: rss, liveBytes: heapUsed + external });
}
