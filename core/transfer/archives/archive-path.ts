import type { SkipReason } from './archive.ts';

export const maximumPathLength = 1024;

const controlCharacters = /\p{Cc}/u;

/** A name as it stands in an archive, as a path that is safe to keep and to show, or why there is none. */
export function archivePath(name: string): { readonly path: string } | { readonly reason: SkipReason } {
  if (controlCharacters.test(name) || !name.isWellFormed()) return { reason: 'CONTROL_CHARACTER' };
  if (name.includes('\\')) return { reason: 'BACKSLASH' };
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return { reason: 'ABSOLUTE_PATH' };
  // Tools write `./cat/a.jpg` and `cat//a.jpg` without harm.
  const segments = name
    .normalize('NFC')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return { reason: 'PATH_TRAVERSAL' };
  if (segments.length === 0) return { reason: 'NO_NAME' };
  const path = segments.join('/');
  return path.length > maximumPathLength ? { reason: 'PATH_TOO_LONG' } : { path };
}

/** Any name in a form that can be stored and shown. */
export function shownName(name: string): string {
  const cut = name.length > maximumPathLength ? `${name.slice(0, maximumPathLength - 1)}…` : name;
  return cut.replaceAll(/\p{Cc}/gu, '\uFFFD').toWellFormed();
}

/** What macOS and Windows leave in folders: resource forks, views, thumbnails. */
export function isNoise(name: string): boolean {
  const segments = name.split(/[/\\]/);
  return segments.includes('__MACOSX') || /^(?:\._.*|\.DS_Store|thumbs\.db|desktop\.ini)$/i.test(segments.at(-1)!);
}

/** By its name: under another name it is no picture and no list of labels either, and nothing opens it. */
export function isNestedArchive(path: string): boolean {
  return /\.(?:zip|tar|tgz|gz|tbz2?|bz2|txz|xz|tzst|zst|7z|rar)$/i.test(path);
}
