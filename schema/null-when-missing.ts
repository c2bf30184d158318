import { NotFoundError } from '#core/platform/errors.ts';

/** For queries of one thing by id: what is not there, or may not be seen, is null. */
export async function nullWhenMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
