import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { zipBytes } from '#test/archives.ts';
import { plainPicture } from '#test/pictures.ts';
import type { Draw } from './draw.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** Real pictures of every format that is taken, also animated, deep, grey, transparent, with profiles and EXIF. */
export async function pictureSamples(): Promise<Buffer[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#28c"/><circle cx="20" cy="15" r="9" fill="#d22" fill-opacity="0.6"/></svg>`;
  const plain = await sharp(Buffer.from(svg)).png().toBuffer();
  const of = () => sharp(plain);
  const frames = [plain, await of().negate({ alpha: false }).png().toBuffer()];
  const animated = () => sharp(frames, { join: { animated: true } });
  const made = await Promise.all([
    of().jpeg({ quality: 80 }).toBuffer(),
    of().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    of()
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { ImageDescription: 'x' } })
      .jpeg()
      .toBuffer(),
    of().withIccProfile('p3').jpeg().toBuffer(),
    of().toColourspace('cmyk').jpeg().toBuffer(),
    of().png({ palette: true }).toBuffer(),
    of().png({ progressive: true }).toBuffer(),
    of().toColourspace('rgb16').png().toBuffer(),
    of().greyscale().png().toBuffer(),
    of().gif().toBuffer(),
    animated().gif({ loop: 0 }).toBuffer(),
    of().webp({ quality: 70 }).toBuffer(),
    of().webp({ lossless: true }).toBuffer(),
    animated().webp({ loop: 0 }).toBuffer(),
    of().tiff({ compression: 'lzw' }).toBuffer(),
    of().tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    of().avif({ quality: 40, effort: 0 }).toBuffer(),
  ]);
  return [...made, plain, plainPicture(1)];
}

/** What is put before, behind or into pictures: other formats, scripts, archives, a bomb of zeros. */
export async function pictureMixins(): Promise<Buffer[]> {
  return [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'),
    Buffer.from('<!doctype html><script>alert(1)</script>'),
    Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
    Buffer.from('push graphic-context\nimage over 0,0 0,0 "https://127.0.0.1/x"\n'),
    await zipBytes({ 'cat/a.txt': 'text' }),
    deflateSync(Buffer.alloc(1_000_000)),
    Buffer.alloc(0),
  ];
}

/** Offsets of fields that say how large a picture is: mutations find them too seldom by themselves. */
function lieAboutSize(picture: Buffer, draw: Draw): Buffer {
  const lie = draw.pick([0, 1, 2, 41, 255, 4096, 16_384, 16_385, 40_000, 65_535]);
  const lied = Buffer.from(picture);
  const png = lied.indexOf('IHDR');
  const jpeg = lied.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc1, 0xc2].includes(lied[at + 1]!));
  if (png > 0 && png + 12 <= lied.length)
    lied.writeUInt32BE(draw.chance(0.2) ? 0xffffffff : lie, png + 4 + 4 * draw.integer(2));
  else if (lied[0] === 0x47 && lied.length > 10) lied.writeUInt16LE(lie, 6 + 2 * draw.integer(2));
  else if (lied[0] === 0x42 && lied.length > 30)
    lied.writeInt32LE(draw.chance(0.2) ? -lie : lie, 18 + 4 * draw.integer(2));
  else if (jpeg > 0 && jpeg + 9 < lied.length) lied.writeUInt16BE(lie, jpeg + 5 + 2 * draw.integer(2));
  return lied;
}

/** A real picture, changed: bits, lengths, heads, sizes that lie, and files that are two things at once. */
export function hostilePicture(draw: Draw, samples: readonly Buffer[], mixins: readonly Buffer[]): Buffer {
  const sample = draw.pick(samples);
  const other = draw.chance(0.5) ? draw.pick(samples) : draw.pick(mixins);
  switch (draw.integer(6)) {
    case 0:
      return lieAboutSize(sample, draw);
    case 1:
      return Buffer.concat([sample, other]);
    case 2:
      return Buffer.concat([other, sample]);
    default:
      return mutateBytes(sample, draw, other);
  }
}
