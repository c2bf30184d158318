import { hash } from 'node:crypto';

/** 128 bits of SHA-256: two texts with one key do not occur. */
export const recordKeyBytes = 16;

/** What a record is found by: a name of any length, made short. */
export function recordKey(text: string): Buffer {
  return hash('sha256', text, 'buffer').subarray(0, recordKeyBytes);
}
