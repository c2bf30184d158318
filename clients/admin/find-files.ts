import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './exit-codes.ts';

/** A file below a folder that was named, or one that was named itself. */
export interface FoundFile {
  readonly path: string;
  /** From the folder that was named, with `/`. */
  readonly relativePath: string;
  readonly byteSize: number;
}

/** What operating systems and archives leave in folders; nobody wants to hear of it. */
const leftovers = /^(\..*|Thumbs\.db|desktop\.ini|__MACOSX|Icon\r|@eaDir)$/i;

/** All files of a folder, in the order of their names; links are followed, each folder is read once. @throws {UsageError} */
export async function* filesBelow(folder: string): AsyncGenerator<FoundFile, void> {
  yield* walk(folder, '', new Set());
}

async function* walk(folder: string, prefix: string, seen: Set<string>): AsyncGenerator<FoundFile, void> {
  const real = await realpath(folder);
  if (seen.has(real)) return;
  seen.add(real);
  const names = (await readdir(folder)).filter((name) => !leftovers.test(name));
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  for (const name of names) {
    const path = join(folder, name);
    const relativePath = `${prefix}${name}`;
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory()) yield* walk(path, `${relativePath}/`, seen);
    else if (info?.isFile()) yield { path, relativePath, byteSize: info.size };
  }
}

/** Files as they are, folders as the files below them. @throws {UsageError} for what is not there */
export async function* expandPaths(paths: readonly string[]): AsyncGenerator<FoundFile, void> {
  for (const path of paths) {
    const info = await fileInfo(path);
    if (info.isDirectory()) yield* filesBelow(path);
    else yield { path, relativePath: path, byteSize: info.size };
  }
}

export async function fileInfo(path: string) {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new UsageError(`There is no file or folder ${path}.`);
  return info;
}
