/** A folder of a bucket, as far as buckets have folders: all keys that start with `prefix`, which is empty or ends with a slash. */
export interface StorePrefix {
  readonly bucket: string;
  readonly prefix: string;
}

const pattern = /^(?:s3|obs):\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/su;
const maximumKeyBytes = 1024;

/**
 * Reads `s3://bucket/path/to/folder/`; `obs://` is the same, and the last slash may be left out. Undefined for what is no such text: for
 * one with `.`, `..` or empty segments too, which some stores and clients take for paths and resolve.
 */
export function readStorePrefix(text: string): StorePrefix | undefined {
  const [, bucket, path = ''] = pattern.exec(text) ?? [];
  if (bucket === undefined || Buffer.byteLength(path) > maximumKeyBytes || !path.isWellFormed()) return undefined;
  if (path === '') return { bucket, prefix: '' };
  const segments = path.replace(/\/$/, '').split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment) || /[\p{Cc}\\]/u.test(segment))) return undefined;
  return { bucket, prefix: `${segments.join('/')}/` };
}

export const writeStorePrefix = ({ bucket, prefix }: StorePrefix): string => `s3://${bucket}/${prefix}`;

/** Whether a place is one of these or below one of them. Whole segments count: `data/` does not hold `database/`. */
export const isBelowAny = ({ bucket, prefix }: StorePrefix, places: readonly StorePrefix[]): boolean =>
  places.some((place) => place.bucket === bucket && prefix.startsWith(place.prefix));

/** Where this installation keeps its own objects in its bucket; {@link StorePrefix}es that hold any of it. */
const ownPrefixes = ['projects/', 'base-models/', 'base-model-uploads/'];

/** Whether a place in the bucket of this installation holds objects of its own. */
export const holdsOwnObjects = ({ prefix }: StorePrefix): boolean =>
  ownPrefixes.some((own) => own.startsWith(prefix) || prefix.startsWith(own));

/** The store says no: there is no such bucket or object, or our keys may not read it. */
export class StorePrefixError extends Error {
  constructor(place: string, code: string) {
    super(`${place} cannot be read: the store says ${code}.`);
    this.name = 'StorePrefixError';
  }
}
