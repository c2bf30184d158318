import { hash } from 'node:crypto';
import type { CacheFolder } from '../cache/cache-folder.ts';
import { recordKey } from '../cache/record-key.ts';

/** Everything that the values of a row depend on, beside the picture and the number of its view. */
export interface ActivationKey {
  readonly baseModelSha256: string;
  /** The value of the graph that is kept. */
  readonly cut: string;
  /** Pixels of a side. */
  readonly inputSize: number;
  /** Random views are drawn from it; see `pictureSeed`. */
  readonly viewSeed: number;
  /** Whatever else changes the values: parameters of the augmentation, normalisation, threads if bits must agree. */
  readonly variant?: string;
}

/** One view of one picture. */
export interface ActivationRow {
  /** The picture's key, as `PictureSource.keyOf` gives it. */
  readonly picture: string;
  /** 0 is what prediction sees. */
  readonly view: number;
}

/**
 * What a base model's frozen part says to views of pictures, on disk: an interrupted training goes on where it stopped, and the next
 * training on the same base model finds what it has in common with this one. Rows are found by picture, not by index, since indices
 * differ between dataset versions. Reading and writing never fail; a row that cannot be read is missing.
 */
export interface ActivationCache {
  /** float32 values of a row. */
  readonly rowLength: number;
  /** Without reading it, as of about a second ago. */
  has(row: ActivationRow): boolean;
  /**
   * Reads rows at their positions into a batch, side by side.
   * @param batch [rows, rowLength]; the parts of missing rows may be overwritten.
   * @returns positions of the rows that are missing, ascending.
   */
  read(rows: readonly ActivationRow[], batch: Float32Array): Promise<number[]>;
  /** @param values [rows, rowLength], not to be changed until the promise resolves. */
  write(rows: readonly ActivationRow[], values: Float32Array): Promise<void>;
}

/** @param folder shared with the picture cache, and its budget with it. */
export async function openActivationCache(
  folder: CacheFolder,
  key: ActivationKey,
  rowLength: number,
): Promise<ActivationCache> {
  const rowBytes = rowLength * Float32Array.BYTES_PER_ELEMENT;
  const store = await folder.store(`activations-${nameOf(key, rowLength)}`, rowBytes);
  const rowsIn = (values: Float32Array, count: number) => {
    if (values.length !== count * rowLength)
      throw new RangeError(`${values.length} values do not fit ${count} rows of ${rowLength}`);
    return (position: number) => new Uint8Array(values.buffer, values.byteOffset + position * rowBytes, rowBytes);
  };
  return {
    rowLength,
    has: (row) => store.has(keyOf(row)),
    read: async (rows, batch) => {
      const bytesOf = rowsIn(batch, rows.length);
      const found = await Promise.all(
        rows.map((row, position) =>
          store.read(keyOf(row), (length) => (length === rowBytes ? bytesOf(position) : undefined)),
        ),
      );
      return found.flatMap((record, position) => (record ? [] : [position]));
    },
    write: async (rows, values) => {
      const bytesOf = rowsIn(values, rows.length);
      await Promise.all(rows.map((row, position) => store.write(keyOf(row), 0, bytesOf(position))));
    },
  };
}

const keyOf = ({ picture, view }: ActivationRow): Buffer => recordKey(`${view}:${picture}`);

function nameOf({ baseModelSha256, cut, inputSize, viewSeed, variant }: ActivationKey, rowLength: number): string {
  const parts = [baseModelSha256, cut, inputSize, viewSeed, variant ?? null, rowLength];
  return hash('sha256', JSON.stringify(parts)).slice(0, 32);
}
