/**
 * Finds the file that a source names: the one that shares the most path segments with it from the end on. So `s3://bucket/data/cat/1.jpg` finds
 * `cat/1.jpg` of an archive, whatever stands before. Memory: one string a file; a look-up costs O(log n).
 */
export class SourceMatcher {
  readonly #keys: { readonly key: string; readonly path: string }[];

  constructor(paths: readonly string[]) {
    this.#keys = paths.map((path) => ({ key: keyOf(segmentsOf(path)), path }));
    this.#keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }

  /** How many segments fit, and the file; undefined path = several fit alike. Undefined = none has the file's name. */
  find(source: string): { readonly path: string | undefined; readonly segments: number } | undefined {
    for (const spelling of spellingsOf(source)) {
      const found = this.#find(segmentsOf(spelling));
      if (found) return found;
    }
    return undefined;
  }

  #find(segments: readonly string[]): { path: string | undefined; segments: number } | undefined {
    const at = this.#firstNotBefore(keyOf(segments));
    const shared = Math.max(...[at - 1, at].map((index) => sharedSegments(this.#keys[index]?.key, segments)));
    if (shared === 0) return undefined;
    const start = keyOf(segments.slice(0, shared));
    const first = this.#firstNotBefore(start);
    const found = this.#keys[first]!;
    const isOnly = !this.#keys[first + 1]?.key.startsWith(start);
    // A file that is nothing but what fits stands first, and is meant before files deeper inside folders.
    return { path: isOnly || found.key === start ? found.path : undefined, segments: shared };
  }

  #firstNotBefore(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys[middle]!.key < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** From the file's name outwards. */
export function segmentsOf(path: string): string[] {
  return path
    .normalize('NFC')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .reverse();
}

/** No segment holds a NUL, so keys are in order of their segments, and one that starts another shares all its segments with it. */
const keyOf = (segments: readonly string[]): string => segments.map((segment) => `${segment}\0`).join('');

function sharedSegments(key: string | undefined, segments: readonly string[]): number {
  if (key === undefined) return 0;
  const others = key.split('\0');
  let shared = 0;
  while (shared < segments.length && others[shared] === segments[shared]) shared++;
  return shared;
}

/** As it stands, then as its tool means it: an address that is percent-encoded, a file of Label Studio's storage. */
export function spellingsOf(source: string): string[] {
  const local = /^\/data\/local-files\/\?d=(.+)$/.exec(source)?.[1];
  // Label Studio puts eight digits before the names of uploaded files.
  const uploaded = /^\/data\/upload\/(?:.*\/)?[0-9a-f]{8}-([^/]+)$/.exec(source)?.[1];
  return [...new Set([source, decoded(local ?? source), ...(uploaded ? [uploaded, decoded(uploaded)] : [])])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
