import { nextSeconds, objectUrl } from '../../platform/object-url.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Transfer } from '../transfer-row.ts';
import { exportResult } from './export-facts.ts';

const lifetimeSeconds = 12 * 60 * 60;

/** A signed address of the archive, good for twelve hours at most; null while there is none, and once it is deleted. */
export function exportUrl(platform: Platform, transfer: Transfer): string | null {
  const result = exportResult(transfer);
  if (!result || !transfer.expiresAt) return null;
  const { from, until } = nextSeconds(lifetimeSeconds);
  const deleted = Math.floor(transfer.expiresAt.getTime() / 1000);
  if (deleted <= from) return null;
  return objectUrl(platform, result.key, { from, until: Math.min(until, deleted) });
}
