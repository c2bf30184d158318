import sharp from 'sharp';
import type { CacheFolder } from '../cache/cache-folder.ts';
import { recordKey } from '../cache/record-key.ts';
import { pictureToPixels, type ResizeMode } from './picture-to-pixels.ts';
import { pictureToRoomyPixels, roomySide, type RoomyPixels } from './picture-to-roomy-pixels.ts';

/** The part of a picture source that decoding needs. */
export interface PictureLoader {
  load(index: number): Promise<Buffer>;
  keyOf?(index: number): string | undefined;
}

export interface PictureGeometry {
  readonly size: number;
  readonly resize: ResizeMode;
}

/**
 * Decodes each picture once: pixels of pictures with a key come from the cache folder from then on, whichever training, process or
 * epoch asks. Both functions read one record at its position; memory does not grow with the number of pictures but for the folder's
 * index. They reject as {@link PictureLoader.load} and the decoder do, never for the cache's sake. Two reads at once need two buffers: what
 * one finds overwritten by the other it takes for a damaged file.
 */
export interface PictureCache {
  /**
   * Exactly what {@link pictureToPixels} gives: [size, size, 3] uint8, RGB.
   * @param into where they go, such as a part of a batch; a buffer of its own otherwise.
   */
  pixels(source: PictureLoader, index: number, geometry: PictureGeometry, into?: Uint8Array): Promise<Uint8Array>;
  /**
   * Exactly what {@link pictureToRoomyPixels} gives.
   * @param into at least {@link mostRoomyBytes} long, to be used again and again; a buffer of its own otherwise.
   */
  roomyPixels(source: PictureLoader, index: number, geometry: PictureGeometry, into?: Uint8Array): Promise<RoomyPixels>;
}

/** Counted up when other pixels come out of the same JPEG; another libvips may round otherwise. */
const recipe = `r2-vips${sharp.versions.vips}`;

/** @param folder none: everything is decoded anew. */
export function openPictureCache(folder: CacheFolder | undefined): PictureCache {
  const storeOf = (mode: 'predict' | 'roomy', { size, resize }: PictureGeometry, bytes: number) =>
    folder?.store(`pictures-${mode}-${size}-${resize}-${recipe}`, bytes);

  return {
    pixels: async (source, index, geometry, into) => {
      const bytes = geometry.size ** 2 * 3;
      if (into && into.length !== bytes) throw new RangeError(`into: ${into.length} bytes instead of ${bytes}`);
      const key = keyOf(source, index);
      const store = key && (await storeOf('predict', geometry, bytes));
      const cached =
        store && (await store.read(key, (length) => (length === bytes ? (into ?? new Uint8Array(bytes)) : undefined)));
      if (cached) return cached.bytes;
      const decoded = await pictureToPixels(await source.load(index), geometry);
      await store?.write(key!, 0, decoded);
      into?.set(decoded);
      return into ?? decoded;
    },

    roomyPixels: async (source, index, geometry, into) => {
      const key = keyOf(source, index);
      const store = key && (await storeOf('roomy', geometry, roomySide(geometry.size) ** 2 * 3));
      const cached = store && (await store.read(key, (length) => into ?? new Uint8Array(length)));
      if (cached) return { width: cached.tag >>> 16, height: cached.tag & 0xffff, data: cached.bytes };
      const decoded = await pictureToRoomyPixels(await source.load(index), geometry);
      // Sides of models' inputs are far below 2^16.
      await store?.write(key!, ((decoded.width << 16) | decoded.height) >>> 0, decoded.data);
      if (!into) return decoded;
      into.set(decoded.data);
      return { ...decoded, data: into.subarray(0, decoded.data.length) };
    },
  };
}

function keyOf(source: PictureLoader, index: number): Buffer | undefined {
  const key = source.keyOf?.(index);
  return key === undefined ? undefined : recordKey(key);
}
