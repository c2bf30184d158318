import { ArchiveRefusedError } from '../../platform/errors.ts';
import type { S3Folder } from '../../platform/objects/s3-folder.ts';
import {
  isBelowAny,
  readStorePrefix,
  StorePrefixError,
  writeStorePrefix,
} from '../../platform/objects/store-prefix.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Archive, ArchiveEntry, SkippedEntry } from '../archives/archive.ts';
import { defaultArchiveLimits } from '../archives/archive-limits.ts';
import { archivePath, isNoise, shownName } from '../archives/archive-path.ts';
import { entryBytes } from '../archives/entry-bytes.ts';
import { SeenPaths } from '../archives/seen-paths.ts';
import { TransferFailedError } from '../transfer-facts.ts';

const hint = 'Name a place below one of EXEMPLAR_IMPORT_PREFIXES, which servers and workers must have alike.';

/**
 * Objects below a prefix of a bucket, as the entries of an archive: keys are listed a page at a time, and an object is read when its turn comes.
 * Checked here, where it is read, against the prefixes that are allowed. @throws {TransferFailedError}
 */
export async function openStorePrefix(
  { config }: Pick<Platform, 'config'>,
  text: string,
): Promise<Pick<Archive, 'entries' | 'close'>> {
  const place = readStorePrefix(text);
  if (!config.s3 || !place || !isBelowAny(place, config.importPrefixes))
    throw new TransferFailedError('SOURCE_MISSING', `${JSON.stringify(text)} may not be imported from.`, hint);
  const { openS3Folder } = await import('../../platform/objects/s3-folder.ts');
  const folder = openS3Folder(config.s3, place);
  /** Known once it was listed to its end. */
  let total: number | undefined;
  const entries = async function* (): AsyncGenerator<ArchiveEntry | SkippedEntry, void, undefined> {
    const seen = new SeenPaths();
    let index = 0;
    try {
      for await (const { key, bytes } of folder.list()) {
        const name = key.slice(place.prefix.length);
        // Some tools mark folders by empty objects.
        if (name === '' || name.endsWith('/') || isNoise(name)) continue;
        const position = { index: index++, progress: total === undefined ? 0 : Math.min(index / total, 1) };
        if (index > defaultArchiveLimits.entries) throw tooMany(text);
        const checked = archivePath(name);
        if ('reason' in checked) yield { ...position, path: shownName(name), reason: checked.reason };
        else {
          const { path } = checked;
          const known = seen.add(path);
          if (known === 'SEEN') yield { ...position, path, reason: 'DUPLICATE_PATH' };
          else
            yield {
              ...position,
              path,
              size: bytes,
              isLasting: true,
              differsOnlyByCase: known === 'DIFFERS_BY_CASE',
              ...entryBytes(path, bytes, () => chunksOf(folder, key, path, bytes)),
            };
        }
      }
    } catch (error) {
      throw error instanceof StorePrefixError ? new TransferFailedError('SOURCE_MISSING', error.message, hint) : error;
    }
    if (index === 0)
      throw new TransferFailedError(
        'SOURCE_MISSING',
        `There is nothing below ${writeStorePrefix(place)}.`,
        'Look at the name of the bucket and at the path.',
      );
    total = index;
  };
  return { entries, close: async () => {} };
}

const tooMany = (text: string): TransferFailedError =>
  new TransferFailedError(
    'LIMIT_EXCEEDED',
    `There are more than ${defaultArchiveLimits.entries} objects below ${JSON.stringify(text)}.`,
    'Import folders below it one by one.',
  );

/** As many bytes as were listed. @throws {ArchiveRefusedError} `ENTRY_DAMAGED` when the object has changed since, which spoils it alone. */
async function* chunksOf(
  folder: S3Folder,
  key: string,
  path: string,
  bytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const changed = () => new ArchiveRefusedError('ENTRY_DAMAGED', 'it was changed while it was imported.', path);
  const stream = await folder.open(key).catch((error: unknown) => {
    throw error instanceof StorePrefixError ? changed() : error;
  });
  let left = bytes;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    left -= chunk.length;
    if (left < 0) throw changed();
    yield chunk;
  }
  if (left > 0) throw changed();
}
