import { imageKey } from '../../images/image-row.ts';
import { ObjectMissingError, type ObjectStore } from '../../platform/objects/object-store.ts';
import { writeZip } from '../archives/write-zip.ts';
import { LossTally, type TransferLoss } from '../formats/losses.ts';
import type { ExportItem, ExportItems } from './export-items.ts';
import { exportMembers } from './export-members.ts';
import type { ExportPlan } from './export-plan.ts';

export interface WrittenArchive {
  readonly byteSize: number;
  readonly losses: readonly TransferLoss[];
}

export interface ArchiveTarget {
  readonly projectId: string;
  /** Of the object that the archive becomes. */
  readonly key: string;
}

/**
 * Streams the archive of an export into the object store; all of it is there in the end, or nothing. Of a picture it takes the bytes that
 * were uploaded, or the normalised ones where those are not kept. `progress` hears how many pictures are done.
 * @throws the signal's reason once it is raised.
 */
export async function writeArchive(
  objects: ObjectStore,
  { projectId, key }: ArchiveTarget,
  items: ExportItems,
  plan: ExportPlan,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: (pictures: number) => void },
): Promise<WrittenArchive> {
  const losses = new LossTally();
  let done = 0;
  const readPicture = async (item: ExportItem) => {
    const bytes = await unlessAborted(signal, readBytes(objects, projectId, item, losses));
    progress(++done);
    return bytes;
  };
  const archive = writeZip(exportMembers(items, plan, losses, readPicture));
  const byteSize = await objects.putStream(key, archive, Number.MAX_SAFE_INTEGER);
  return { byteSize, losses: losses.list() };
}

/** A store that does not answer must not keep a worker from stopping. @throws the signal's reason. */
async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function readBytes(
  objects: ObjectStore,
  projectId: string,
  item: ExportItem,
  losses: LossTally,
): Promise<Buffer | undefined> {
  const sha256 = Buffer.from(item.sha256, 'hex');
  const original = await getIfThere(objects, imageKey(projectId, sha256, 'original'));
  if (original) return original;
  const normalised = await getIfThere(objects, imageKey(projectId, sha256, 'normalised'));
  losses.note(
    'PICTURE',
    item,
    normalised
      ? 'The uploaded bytes are not kept; the picture is there as JPEG of at most 1024 px.'
      : 'The bytes of the picture are gone from the object store; the archive goes without it.',
  );
  return normalised;
}

async function getIfThere(objects: ObjectStore, key: string): Promise<Buffer | undefined> {
  try {
    return await objects.get(key);
  } catch (error) {
    if (error instanceof ObjectMissingError) return undefined;
    throw error;
  }
}
