import type { Platform } from '../../platform/platform.ts';
import { signGrant } from '../../platform/signed-url.ts';
import type { Transfer } from '../transfer-row.ts';
import { exportResult } from './export-facts.ts';

const lifetimeSeconds = 12 * 60 * 60;

/** A signed address of the archive, good for twelve hours at most; null while there is none, and once it is deleted. */
export function exportUrl(platform: Platform, transfer: Transfer): string | null {
  const result = exportResult(transfer);
  if (!result || !transfer.expiresAt) return null;
  const now = Date.now() / 1000;
  const deleted = transfer.expiresAt.getTime() / 1000;
  if (deleted <= now) return null;
  const expires = Math.floor(Math.min(now + lifetimeSeconds, deleted));
  const { key } = result;
  return `${platform.publicUrl}/objects/${key}?${signGrant(platform.signingSecret, { verb: 'GET', subject: key, expires })}`;
}
