import { isIgnoredSegment, isPicturePath } from './picture-path.ts';

/** Bytes of a name: file systems allow 255, and a suffix against collisions must still fit. */
const maximumNameBytes = 200;
const reservedOnWindows = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;

/**
 * A name that every common file system takes as one component of a path, as it was if it was such a name: no separators, control or
 * invisible direction characters, nothing that Windows reserves, not hidden, at most 200 bytes, NFC.
 */
export function safeName(name: string): string {
  let safe = name
    .normalize('NFC')
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/g, '_');
  const dot = safe.lastIndexOf('.');
  const ending = dot > 0 && safe.length - dot <= 10 ? safe.slice(dot) : '';
  let stem = safe.slice(0, Math.min(safe.length - ending.length, maximumNameBytes)).replace(/[\ud800-\udbff]$/, '');
  while (Buffer.byteLength(stem + ending) > maximumNameBytes) stem = [...stem].slice(0, -1).join('');
  safe = (stem + ending).replaceAll(/^\s+|[\s.]+$/g, (found) => '_'.repeat(found.length));
  if (safe === '' || reservedOnWindows.test(safe) || isIgnoredSegment(safe) || safe === '..') safe = `_${safe}`;
  return safe;
}

/** As `safeName`, with the ending `.jpg` where the name does not end like that of a picture. */
export function safePictureName(name: string): string {
  const safe = safeName(isPicturePath(name) ? name : `${name}.jpg`);
  return isPicturePath(safe) ? safe : `${safe}.jpg`;
}

/** Gives each name out once, without regard to case, since some file systems have none. Keeps every name. */
export class UniqueNames {
  /** Names given out, and the number to try next for each. */
  readonly #taken = new Map<string, number>();

  constructor(reserved: Iterable<string> = []) {
    for (const name of reserved) this.take(name);
  }

  /** `name`, or with `-2`, `-3`, ... before its ending. `folder` is the space in which it has to be unique. */
  take(name: string, folder = ''): string {
    const keyOf = (candidate: string) => `${folder}/${candidate}`.toLowerCase().toUpperCase();
    const key = keyOf(name);
    let next = this.#taken.get(key);
    if (next === undefined) {
      this.#taken.set(key, 2);
      return name;
    }
    const dot = name.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let candidate: string;
    do candidate = `${stem}-${next++}${ending}`;
    while (this.#taken.has(keyOf(candidate)));
    this.#taken.set(key, next).set(keyOf(candidate), 2);
    return candidate;
  }
}
