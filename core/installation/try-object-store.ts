import { randomUUID } from 'node:crypto';
import { requireAdministrator } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';

export interface ObjectStoreTrial {
  /** Null when all went well. */
  readonly problem: string | null;
  /** That writing, reading and deleting took. */
  readonly milliseconds: number;
}

/** Writes, reads and deletes an object of a few bytes. @throws {PermissionDeniedError} for all but administrators. */
export async function tryObjectStore(ctx: ActionContext): Promise<ObjectStoreTrial> {
  requireAdministrator(ctx);
  const { objects, log } = ctx.platform;
  const key = `trials/${randomUUID()}`;
  const start = performance.now();
  let problem: string | null = null;
  try {
    const bytes = Buffer.from(key);
    await objects.put(key, bytes);
    try {
      if (!(await objects.get(key)).equals(bytes)) problem = 'What was read is not what was written.';
    } finally {
      await objects.delete(key);
    }
  } catch (error) {
    log.warn({ err: error }, 'the object store was tried and does not work');
    // The code says what is wrong; messages may hold addresses and names of keys.
    const { code, name } = error as NodeJS.ErrnoException;
    problem = `It cannot be written, read and deleted in: ${code ?? name}. The log of the server says more.`;
  }
  return { problem, milliseconds: Math.round(performance.now() - start) };
}
