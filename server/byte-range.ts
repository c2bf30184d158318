import type { ByteRange } from '#core/platform/objects/object-store.ts';

/**
 * What a `Range` header asks of a representation of so many bytes (RFC 9110, section 14): one range that lies inside of it; `UNSATISFIABLE` where it
 * begins behind the end; undefined = the whole, which is also the answer to several ranges, to other units and to what is no range.
 */
export function readByteRange(header: string | undefined, bytes: number): ByteRange | 'UNSATISFIABLE' | undefined {
  const [, first, last] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    // The last so many.
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'UNSATISFIABLE' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= bytes) return 'UNSATISFIABLE';
  return { start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}
