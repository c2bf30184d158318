import type { Header } from 'tar-stream';
import { archiveDamage } from './archive-damage.ts';
import type { ListedEntry } from './judge-entry.ts';

const kinds: Partial<Record<string, ListedEntry['kind']>> = {
  file: 'FILE',
  'contiguous-file': 'FILE',
  directory: 'FOLDER',
  link: 'LINK',
  symlink: 'LINK',
};

export function listTarEntry({ name, size, type }: Header): ListedEntry {
  // Before 1988 a folder was a file whose name ends with a slash.
  const kind = name.endsWith('/') ? 'FOLDER' : (kinds[type] ?? 'SPECIAL_FILE');
  return { name, size, kind };
}

/** The bytes of the entry that the parser stands at. They come once, and the next header comes after the last of them. */
export function tarContent(entry: AsyncIterable<unknown>) {
  const content = entry[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  let state: 'UNREAD' | 'OPENED' | 'PASSED' = 'UNREAD';
  // One after the other: a reader that was given up may still wait for its chunk.
  const pull = async (): Promise<Buffer | undefined> => {
    const next = last.then(() => content.next());
    last = next.catch(() => undefined);
    const { done, value } = await next;
    return done ? undefined : (value as Buffer);
  };
  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    if (state !== 'UNREAD') throw new Error('An entry of a TAR file is read once, before the next one is asked for.');
    state = 'OPENED';
    try {
      for (let chunk = await pull(); chunk; chunk = await pull()) yield chunk;
    } catch (error) {
      throw archiveDamage(error, 'TAR');
    }
  }
  /** Goes on behind the last byte. */
  const pass = async (): Promise<void> => {
    state = 'PASSED';
    while (await pull());
  };
  return { chunks, pass };
}
