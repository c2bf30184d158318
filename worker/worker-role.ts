import closeWithGrace from 'close-with-grace';
import { ConfigError, readConfig } from '#core/platform/config.ts';
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
  const grace = closeWithGrace({ delay: 25_000, logger: false }, async ({ err }) => {
    if (err) platform.log.fatal({ err }, 'the worker stops by a defect');
    await worker.close();
    await platform.close();
  });
  // Whoever started this process is gone.
  process.on('disconnect', () => void grace.close());
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof BaseModelError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
