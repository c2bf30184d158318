import { sql } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';
import { QuotaExceededError } from '../platform/errors.ts';
import { readQuotas, type QuotaLimits } from './quotas.ts';

/** How many images and bytes still fit; `Infinity` where there is no limit. */
export interface ImageRoom {
  readonly images: number;
  readonly bytes: number;
  readonly limits: QuotaLimits;
}

/** Exact under the project's lock; without it what fits a moment ago. */
export async function readImageRoom(db: Queryable, projectId: string): Promise<ImageRoom> {
  const limits = await readQuotas(db, projectId);
  if (limits.IMAGES === null && limits.BYTES === null) return { images: Infinity, bytes: Infinity, limits };
  const [row] = await db.execute<{ images: number; bytes: number }>(sql`
    select image_count::float8 as images, image_bytes::float8 as bytes from project where id = ${projectId}`);
  const { images, bytes } = row ?? { images: 0, bytes: 0 };
  return { images: (limits.IMAGES ?? Infinity) - images, bytes: (limits.BYTES ?? Infinity) - bytes, limits };
}

/** Takes the room of images one after the other: what does not fit is refused, what comes after it and is smaller may fit. */
export class RoomTaker {
  readonly #limits: QuotaLimits;
  #images: number;
  #bytes: number;

  constructor({ images, bytes, limits }: ImageRoom) {
    this.#images = images;
    this.#bytes = bytes;
    this.#limits = limits;
  }

  /** Undefined when it fits. @param bytes 0 for an image that is there already, in the trash. */
  take(bytes: number): QuotaExceededError | undefined {
    const { IMAGES, BYTES } = this.#limits;
    if (this.#images < 1) return new QuotaExceededError('IMAGES', IMAGES!, IMAGES! - this.#images);
    if (this.#bytes < bytes) return new QuotaExceededError('BYTES', BYTES!, BYTES! - this.#bytes);
    this.#images--;
    this.#bytes -= bytes;
    return undefined;
  }
}
