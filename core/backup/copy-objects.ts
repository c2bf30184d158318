import { ObjectMissingError, type ObjectStore } from '../platform/objects/object-store.ts';
import { batches } from './batches.ts';
import type { BackupTarget } from './backup-target.ts';
import type { Measured } from './measured-stream.ts';
import type { IndexedObject } from './object-index.ts';
import { compareInList, type PromisedObject } from './promised-objects.ts';

/** What has been copied so far. */
export class CopyCounts {
  count = 0;
  totalBytes = 0;
  copied = 0;
  missing = 0;
  readonly missingKeys: string[] = [];

  miss(key: string): void {
    this.missing++;
    if (this.missingKeys.length < 100) this.missingKeys.push(key);
  }

  add({ bytes }: Measured, isCopied: boolean): void {
    this.count++;
    this.totalBytes += bytes;
    if (isCopied) this.copied++;
  }
}

/** Brings the promised objects to the target; yields what it has then, in their order. */
export async function* copyObjects(
  promised: AsyncIterable<PromisedObject>,
  objects: ObjectStore,
  target: BackupTarget,
  counts: CopyCounts,
  signal: AbortSignal,
): AsyncGenerator<IndexedObject, void> {
  const earlier = target.earlierObjects();
  try {
    let next = await earlier.next();
    const findEarlier = async (object: PromisedObject): Promise<IndexedObject | undefined> => {
      while (!next.done && compareInList(next.value, object) < 0) next = await earlier.next();
      return !next.done && compareInList(next.value, object) === 0 ? next.value : undefined;
    };
    for await (const batch of batches(promised, target.concurrency)) {
      signal.throwIfAborted();
      const known: (IndexedObject | undefined)[] = [];
      // One after the other: both lists are read once.
      for (const object of batch) known.push(object.isFixed ? await findEarlier(object) : undefined);
      const brought = await Promise.all(
        batch.map(async ({ kind, key, isRequired }, index) => {
          const kept = known[index];
          if (kept && (await target.keepObject(kept))) {
            counts.add(kept, false);
            return kept;
          }
          const measured = await copyObject(key, objects, target);
          if (measured) counts.add(measured, true);
          else if (isRequired) counts.miss(key);
          return measured && { kind, key, ...measured };
        }),
      );
      for (const object of brought) if (object) yield object;
    }
  } finally {
    await earlier.return();
  }
}

/** Undefined where there is no such object. */
async function copyObject(key: string, objects: ObjectStore, target: BackupTarget): Promise<Measured | undefined> {
  try {
    const { stream, bytes } = await objects.open(key);
    const measured = await target.writeObject(key, stream, bytes);
    if (measured.bytes !== bytes) throw new Error(`of the ${bytes} bytes of ${key} ${measured.bytes} came`);
    return measured;
  } catch (error) {
    if (error instanceof ObjectMissingError) return undefined;
    throw error;
  }
}
