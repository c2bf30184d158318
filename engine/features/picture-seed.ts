import { hash } from 'node:crypto';
import type { PictureSource } from './picture-source.ts';

/**
 * An unsigned 32-bit number that stands for the picture wherever random views of it are drawn. It comes from the picture's key where
 * there is one, so that another training, in which the picture has another index, draws the same views and finds them in the cache.
 */
export function pictureSeed(source: Pick<PictureSource, 'keyOf'>, index: number): number {
  const key = source.keyOf?.(index);
  return key === undefined ? index : hash('sha256', key, 'buffer').readUInt32LE(0);
}
