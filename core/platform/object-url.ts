import type { Platform } from './platform.ts';
import { signGrant } from './signed-url.ts';

/** A signed address of an object, good for an hour. */
export function objectUrl({ publicUrl, signingSecret }: Platform, key: string): string {
  const expires = Math.floor(Date.now() / 1000) + 3600;
  return `${publicUrl}/objects/${key}?${signGrant(signingSecret, { verb: 'GET', subject: key, expires })}`;
}
