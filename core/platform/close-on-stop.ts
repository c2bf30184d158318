import closeWithGrace from 'close-with-grace';
import type { Platform } from './platform.ts';

/** Ends the role of this process in order, `part` before the platform, when it is told to stop or whoever started it is gone. */
export function closeOnStop(platform: Platform, role: string, part: { close(): Promise<void> }): void {
  const grace = closeWithGrace({ delay: 25_000, logger: false }, async ({ err }) => {
    if (err) platform.log.fatal({ err }, `the ${role} stops by a defect`);
    await part.close();
    await platform.close();
  });
  process.on('disconnect', () => void grace.close());
}
