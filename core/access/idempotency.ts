import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import type { Transaction } from '../platform/database.ts';
import { ConflictError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { idempotencyKeyTable } from './table.ts';
import type { ActionContext } from './viewer.ts';

/** UUID chosen by the caller: the same key with the same input gives the same result, however often it is sent. */
export const idempotencyKey = z.string().refine(isUuid, 'must be a UUID in lower case');

/** One call of an operation that may be sent again. */
export interface RepeatableCall {
  readonly operation: string;
  /** Undefined and null: nobody will ask again. */
  readonly key: string | null | undefined;
  /** Everything that the result depends on. */
  readonly input: object;
}

/** Id of what an earlier call with the key has made. @throws {ConflictError} when it was another operation or had another input. */
export async function findEarlierResult(
  tx: Transaction,
  { viewer }: ActionContext,
  call: RepeatableCall,
): Promise<string | undefined> {
  if (call.key == null) return undefined;
  const [row] = await tx
    .select()
    .from(idempotencyKeyTable)
    .where(and(eq(idempotencyKeyTable.userId, viewer.userId), eq(idempotencyKeyTable.key, call.key)));
  if (!row) return undefined;
  if (row.operation !== call.operation || !row.inputSha256.equals(hashOf(call.input)))
    throw new ConflictError('The idempotency key was used with another input already.');
  return row.resultId;
}

/** Keeps what the call has made. @throws {ConflictError} when the key was used at the same moment, such as for another project. */
export async function rememberResult(
  tx: Transaction,
  { viewer }: ActionContext,
  call: RepeatableCall,
  resultId: string,
): Promise<void> {
  const { key, operation, input } = call;
  if (key == null) return;
  await mappingConstraints(() =>
    tx
      .insert(idempotencyKeyTable)
      .values({ userId: viewer.userId, key, operation, inputSha256: hashOf(input), resultId }),
  );
}

function hashOf(input: object): Buffer {
  const entries = Object.entries(input)
    .filter(([, value]) => value != null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest();
}
