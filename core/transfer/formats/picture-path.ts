const pictureEnding = /\.(?:jpe?g|jpe|jfif|png|bmp|dib|webp|gif|tiff?|avif|hei[cf])$/i;
const leftovers = new Set(['__macosx', 'thumbs.db', 'desktop.ini']);

/** Named like a picture. Whether it is one, its bytes decide later. */
export function isPicturePath(path: string): boolean {
  return pictureEnding.test(path);
}

/** The parts of a path between its slashes, without empty ones and `.`. */
export function pathSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** A directory, a hidden file (`.DS_Store`, `._x.jpg`) or what operating systems leave (`__MACOSX`, `Thumbs.db`): nobody misses it. */
export function isIgnoredPath(path: string): boolean {
  if (path.endsWith('/')) return true;
  return pathSegments(path).some(isIgnoredSegment);
}

/** As `isIgnoredPath`, of one directory or file name. `..` is no hidden file. */
export function isIgnoredSegment(segment: string): boolean {
  return (segment.startsWith('.') && segment !== '..') || leftovers.has(segment.toLowerCase());
}

/** The path without its ending: what `10.jpg` and `10.txt` of one directory share. */
export function pathStem(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}

/** The file's name in a path or URI of any kind. */
export function pictureName(source: string): string {
  const path = /^https?:\/\//i.test(source) ? source.replace(/[?#].*$/s, '') : source;
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
