import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainJpeg } from './plain-jpeg.ts';

/** Smooth, with some noise: about half a byte a pixel. */
function picture(width = 90, height = 70): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } });
}

const pixels = (jpeg: Buffer): Promise<Buffer> =>
  sharp(jpeg, { failOn: 'warning' }).toColourspace('srgb').raw().toBuffer();

/** A JPEG with one more segment in front of all others. */
function withSegment(jpeg: Buffer, type: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, type, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

async function expectKept(jpeg: Buffer): Promise<Buffer> {
  const kept = plainJpeg(jpeg);
  expect(kept).toBeInstanceOf(Buffer);
  expect((await pixels(kept!)).equals(await pixels(jpeg))).toBe(true);
  return kept!;
}

// Both of 40 x 24 pixels, written by libjpeg: with a restart marker after every second block, and with colours as RGB.
const restarts = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAYACgDASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAAUEAwb/xAAkEAABBAECBgMAAAAAAAAAAAAAAQIEEQMhYQUSE0FRcSIxYv/EABkBAAMAAwAAAAAAAAAAAAAAAAIEBQMGB//EACMRAAICAQMDBQAAAAAAAAAAAAECAAMEESExEhNRQXGhwfH/3QAEAAL/2gAMAwEAAhEDEQA/APBY4l9jVjhbFTDEvsUMMLYGgd2L05mkjY4Gxrx8P/JYSO3Gtctu8HfHFyP29aGZxjoenk+BLOPmE+s//9CYzhyIluRE9gu44LGVzUgBLVg6FVHufybTXmHTmZY8S60N6RumxKT5L9AClFrJis6nfb5IE5ZTYxYT/9GtHg6WqGlkdzlpiUnnuAT3JrCIm2vPmT8e1jvNGOGxmipbvCAATa11dkTYA6cD71liuxumf//Z',
  'base64',
);
const rgb = Buffer.from(
  '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAEQgAGAAoA1IRAEcRAEIRAP/EABkAAQEBAQEBAAAAAAAAAAAAAAUABgcDBP/EACoQAAAECBQUEAgMBAQAAAAAAAAEAAgMEBRESFSFBYgYTFCIxMiNRoYGR/9oADANSAEcAQgAAPwDnsnssNlvFc4gQe5bRPSeyst4pGBSu5b1TsnsrLeKRgdN9y3p/E9J7Ky3ikYHRvct+L+J2T2VlvFfVF6MlJSE2LPRIEtDc7CHxnhgJ+bXO+h/4uEyey2OW8Vk6RB7mHRPSeyst4rc0ildzD6p2T2VlvFfdVKtTqBFbK+O6cnsIcYLCGhgNvu7WxIuQLE/uwIKek9lZbxRLZnqOruF5t0rDLg4Q5QdsNIFvsPYjexJF/wDE7J7Ky3io0Cj0jtiqTMKA59sLLFzyDfXC0E20OtrLhMnstjlvFZ/piD3MGiek9lZbxW2rFSiUCkQfEa3zptxZBLhcMAHs/wCLEi4AB3N9QCE7J7Ky3iienKBDbC7sbCyGxuJ73GwaBqSTsE9J7Ky3ivV9XnZ+O+UoA8eT+vkYPyxNCCRf6g300xaA3HwHZPZWW8V5NlKTQnePFhumZ4NBEvCGouCRid8NHx+zYg2IX//Z',
  'base64',
);

describe('a JPEG that is kept', () => {
  it.each(['4:2:0', '4:4:4'])('has the same pixels, colours at %s', async (chromaSubsampling) => {
    const jpeg = await picture().jpeg({ quality: 85, chromaSubsampling }).toBuffer();
    expect(await sharp(await expectKept(jpeg)).metadata()).toMatchObject({ chromaSubsampling, isProgressive: false });
  });

  it('has them with tables of its own, without a JFIF header, and with restarts', async () => {
    await expectKept(await picture().jpeg({ optimiseCoding: true, quantisationTable: 3 }).toBuffer());
    const withoutJfif = await picture().jpeg().toBuffer();
    expect(withoutJfif.includes('JFIF')).toBe(false);
    await expectKept(withoutJfif);
    expect(restarts.includes('JFIF')).toBe(true);
    await expectKept(restarts);
  });

  it('has nothing else: no EXIF, no comments, no previews, nothing behind its end', async () => {
    const source = await picture().png().toBuffer();
    const secret = 'N 48.2082 E 16.3738';
    const jpeg = await sharp(source)
      .withExif({ IFD0: { ImageDescription: secret } })
      .jpeg()
      .toBuffer();
    const plain = await expectKept(await sharp(source).jpeg().toBuffer());
    const jfifWithPreview = Buffer.concat([
      Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\x05\x01', 'latin1'),
      Buffer.from(secret.slice(0, 15)),
    ]);
    const full = withSegment(withSegment(jpeg, 0xfe, Buffer.from(secret)), 0xe0, jfifWithPreview);
    const kept = await expectKept(Buffer.concat([withSegment(full, 0xed, Buffer.from(secret)), Buffer.from(secret)]));
    expect(kept.includes(secret.slice(0, 8))).toBe(false);
    expect(kept.length).toBe(plain.length);
  });
});

describe('a JPEG that is not kept', () => {
  it('is progressive, grey, CMYK or RGB', async () => {
    expect(plainJpeg(await picture().jpeg({ progressive: true }).toBuffer())).toBeUndefined();
    expect(plainJpeg(await picture().toColourspace('b-w').jpeg().toBuffer())).toBeUndefined();
    expect(plainJpeg(await picture().toColourspace('cmyk').jpeg().toBuffer())).toBeUndefined();
    expect(plainJpeg(rgb)).toBeUndefined();
  });

  it('has a colour profile', async () => {
    const jpeg = await picture().withIccProfile('p3').jpeg().toBuffer();
    expect(plainJpeg(jpeg)).toBeUndefined();
    // Taken for one all the same by the decoder.
    jpeg[jpeg.indexOf('ICC_PROFILE') + 11] = 0xb9;
    expect((await sharp(jpeg).metadata()).icc).toBeDefined();
    expect(plainJpeg(jpeg)).toBeUndefined();
  });

  it('takes more than a byte a pixel, in its picture or its tables', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const loud = sharp({ create: { width: 300, height: 200, channels: 3, background: '#888', noise } });
    const jpeg = await loud.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    expect(jpeg.length).toBeGreaterThan(300 * 200 + 4096);
    expect(plainJpeg(jpeg)).toBeUndefined();
    const table = Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]);
    let padded: Buffer = await picture().jpeg().toBuffer();
    while (padded.length < 90 * 70 + 2 * 4096) padded = withSegment(padded, 0xdb, table);
    await expect(pixels(padded)).resolves.toBeInstanceOf(Buffer);
    expect(plainJpeg(padded)).toBeUndefined();
  });

  it('is cut off anywhere, or no JPEG', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    for (let length = 0; length < jpeg.length; length++) expect(plainJpeg(jpeg.subarray(0, length))).toBeUndefined();
    expect(plainJpeg(Buffer.alloc(5000))).toBeUndefined();
    expect(plainJpeg(Buffer.alloc(5000, 0xff))).toBeUndefined();
  });
});
