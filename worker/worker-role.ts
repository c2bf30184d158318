import { closeOnStop } from '#core/platform/close-on-stop.ts';
import { ConfigError, readConfig } from '#core/platform/config.ts';
import { ListenError } from '#core/platform/listen-error.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { BaseModelError } from '#engine/index.ts';
import { startWorker } from './worker.ts';

/* The worker role: trains until it is told to stop. The server role migrates the database. */
try {
  const config = readConfig();
  const platform = await openPlatform(config, { role: 'worker' });
  const worker = await startWorker(platform).catch(async (error) => {
    await platform.close();
    throw error;
  });
  process.send?.({ type: 'ready' });
  closeOnStop(platform, 'worker', worker);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof BaseModelError || error instanceof ListenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
