import type { Platform } from '../platform/platform.ts';
import { compareSoon } from './compare-images.ts';
import { purgeTrash } from './purge-trash.ts';
import { settleSoon } from './settle-labels.ts';

/** Takes up what is left to do in the background: by a process that ended in the middle of it, or because its time has come. */
export function sweepImages(platform: Platform): void {
  settleSoon(platform);
  platform.background.start('purge trash', (signal) => purgeTrash(platform, signal));
  compareSoon(platform);
}
