import { createHash } from 'node:crypto';
import { findDigests } from '../../images/image-row.ts';
import { ingestPicture } from '../../images/ingest-picture.ts';
import type { NewPicture } from '../../images/store-pictures.ts';
import { ArchiveRefusedError, PictureRefusedError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readImageRoom, RoomTaker } from '../../quotas/image-room.ts';
import type { ImportUnit } from './import-units.ts';
import { itemProblem, type ItemProblem, type PlannedItem } from './planned-item.ts';

/** A unit whose bytes are in memory, or whose file could not be read. */
export type ReadUnit =
  | Exclude<ImportUnit, { kind: 'PICTURE' }>
  | {
      readonly kind: 'PICTURE';
      readonly path: string;
      readonly planned: PlannedItem | undefined;
      readonly file: { readonly bytes: Buffer; readonly sha256: Buffer } | ItemProblem;
    };

/** As {@link ReadUnit}; `picture` is undefined where the project had it already. */
export type PreparedUnit =
  | Exclude<ImportUnit, { kind: 'PICTURE' }>
  | {
      readonly kind: 'PICTURE';
      readonly path: string;
      readonly planned: PlannedItem | undefined;
      readonly file: { readonly sha256: Buffer; readonly picture: NewPicture | undefined } | ItemProblem;
    };

/** Reads the file of a unit, to be called before the next unit is asked for. @throws {ArchiveRefusedError} when the archive ends with it. */
export async function readUnit({ config }: Platform, unit: ImportUnit): Promise<ReadUnit> {
  if (unit.kind !== 'PICTURE') return unit;
  const { entry, planned } = unit;
  const { path } = entry;
  try {
    const bytes = await entry.read(config.limits.imageBytes);
    return { kind: 'PICTURE', path, planned, file: { bytes, sha256: createHash('sha256').update(bytes).digest() } };
  } catch (error) {
    if (!(error instanceof ArchiveRefusedError)) throw error;
    const unread = { kind: 'PICTURE', path, planned } as const;
    if (error.refusal === 'ENTRY_TOO_LARGE')
      return {
        ...unread,
        file: itemProblem(
          'TOO_MANY_BYTES',
          `It has ${entry.size} bytes; at most ${config.limits.imageBytes} are allowed.`,
        ),
      };
    if (error.refusal === 'ENTRY_DAMAGED') return { ...unread, file: itemProblem('ENTRY_DAMAGED', error.message) };
    throw error;
  }
}

/** Pictures decoded at the same time; libvips works in threads beside the event loop. */
const concurrency = 4;

/** Normalises the pictures that the project does not have, each once. What is refused spoils its own unit. */
export async function preparePictures(
  platform: Platform,
  projectId: string,
  units: readonly ReadUnit[],
  signal: AbortSignal,
): Promise<PreparedUnit[]> {
  const digests = units.flatMap((unit) => (unit.kind === 'PICTURE' && 'sha256' in unit.file ? [unit.file.sha256] : []));
  const seen = new Set(await findDigests(platform.db, projectId, digests));
  // Without room nothing is decoded; what there is room for is seen where it is written.
  const full = new RoomTaker(await readImageRoom(platform.db, projectId)).take(1);
  const refusal = full && itemProblem(full.code, full.message);
  const prepared: PreparedUnit[] = [];
  const queue = units.entries();
  const work = async () => {
    for (const [index, unit] of queue) {
      signal.throwIfAborted();
      prepared[index] = await prepare(platform, unit, seen, refusal);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return prepared;
}

async function prepare(
  platform: Platform,
  unit: ReadUnit,
  seen: Set<string>,
  refusal: ItemProblem | undefined,
): Promise<PreparedUnit> {
  if (unit.kind !== 'PICTURE') return unit;
  const { file, path } = unit;
  if ('code' in file) return { ...unit, file };
  const { bytes, sha256 } = file;
  const digest = sha256.toString('hex');
  if (seen.has(digest)) return { ...unit, file: { sha256, picture: undefined } };
  if (refusal) return { ...unit, file: refusal };
  seen.add(digest);
  try {
    const picture = await ingestPicture(platform, path, bytes);
    return { ...unit, file: { sha256, picture: { fileName: path, bytes, sha256, picture } } };
  } catch (error) {
    if (!(error instanceof PictureRefusedError)) throw error;
    return { ...unit, file: itemProblem(error.refusal, error.message) };
  }
}
