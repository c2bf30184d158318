import { fileTypeFromBuffer } from 'file-type';
import { PictureError } from './picture-error.ts';

/** Raster formats that are accepted. SVG is left out on purpose: it runs scripts in browsers and reads files in renderers. */
export const pictureFormats = ['JPEG', 'PNG', 'BMP', 'WEBP', 'GIF', 'TIFF', 'AVIF'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

const allowed = 'Allowed are JPEG, PNG, BMP, WebP, GIF, TIFF and AVIF.';

/**
 * The format by content; file names and declared types are never believed.
 * @throws {PictureError} EMPTY, NOT_AN_IMAGE or UNSUPPORTED_FORMAT.
 */
export async function sniffPictureFormat(bytes: Buffer): Promise<PictureFormat> {
  if (bytes.length === 0) throw new PictureError('EMPTY', 'The file is empty (0 bytes).');
  const format = formatByMagic(bytes);
  // Camera raw formats are TIFF containers whose first page is a small preview.
  if (format && format !== 'TIFF') return format;
  const detected = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (format === 'TIFF' && (!detected || detected.mime === 'image/tiff')) return format;
  // Text may begin with "BM"; a bitmap goes on with a header that was recognised above.
  if (detected?.mime.startsWith('image/') && detected.ext !== 'bmp')
    throw new PictureError(
      'UNSUPPORTED_FORMAT',
      `The file is a picture of type ${detected.ext.toUpperCase()}. ${allowed}`,
    );
  if (/<svg[\s>]/i.test(bytes.toString('latin1', 0, 4096)))
    throw new PictureError('UNSUPPORTED_FORMAT', `The file is an SVG drawing, not a photo. ${allowed}`);
  const found = detected && detected.ext !== 'bmp' ? `a file of type ${detected.mime}` : 'not recognised as a picture';
  throw new PictureError('NOT_AN_IMAGE', `The file is ${found}. ${allowed}`);
}

function formatByMagic(bytes: Buffer): PictureFormat | undefined {
  const ascii = (start: number, end: number) => bytes.toString('latin1', start, end);
  if (ascii(0, 3) === '\xff\xd8\xff') return 'JPEG';
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'PNG';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'GIF';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'WEBP';
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'TIFF';
  if (ascii(0, 2) === 'BM' && bytes.length >= 18 && bytes.readUInt32LE(14) <= 124) return 'BMP';
  if (ascii(4, 8) === 'ftyp' && isAvif(bytes)) return 'AVIF';
  return undefined;
}

/** ISO/IEC 14496-12: a list of four-letter brands follows `ftyp`; HEIC shares the container but not the codec. */
function isAvif(bytes: Buffer): boolean {
  const end = Math.min(bytes.length, bytes.readUInt32BE(0), 256);
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12 && /^avi[fs]$/.test(bytes.toString('latin1', at, at + 4))) return true;
  }
  return false;
}
