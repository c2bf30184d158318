import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { ArchiveEntry, SkippedEntry } from './archive.ts';
import { refuseEmpty, refuseEntryCount } from './archive-bounds.ts';
import { archiveDamage } from './archive-damage.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { entryBytes } from './entry-bytes.ts';
import { feedTar } from './feed-tar.ts';
import { judgeEntry } from './judge-entry.ts';
import { SeenPaths } from './seen-paths.ts';
import { listTarEntry, tarContent } from './tar-entry.ts';

/** Entries of a TAR file, packed with gzip or not, in one pass: what is refused is refused where it comes. */
export async function* readTar(
  path: string,
  bytes: number,
  gzip: boolean,
  limits: ArchiveLimits,
): AsyncGenerator<ArchiveEntry | SkippedEntry, void, undefined> {
  const seen = new SeenPaths();
  const source = createReadStream(path);
  const parser = extract();
  const feeding = feedTar(source, gzip, parser, limits);
  let index = 0;
  let files = 0;
  try {
    for await (const tarEntry of parser) {
      const position = { index: index++, progress: Math.min(1, source.bytesRead / bytes) };
      refuseEntryCount(index, limits);
      const listed = listTarEntry(tarEntry.header);
      if (listed.kind !== 'FOLDER') files++;
      const judged = judgeEntry(listed, seen, limits);
      const content = tarContent(tarEntry);
      if (judged && 'reason' in judged) yield { ...position, ...judged };
      else if (judged)
        yield { ...position, ...judged, size: listed.size, ...entryBytes(judged.path, listed.size, content.chunks) };
      // The parser says that no bytes follow a folder, whatever size it claims, and never ends its stream: nobody may wait for that.
      if (tarEntry.header.type !== 'directory') await content.pass();
    }
    const { hasEndMarker } = await feeding;
    if (!hasEndMarker) throw new ArchiveRefusedError('DAMAGED', 'The TAR file is cut off: its end is missing.');
    refuseEmpty(files);
  } catch (error) {
    throw archiveDamage(error, 'TAR');
  } finally {
    source.destroy();
    parser.destroy();
    await feeding;
  }
}
