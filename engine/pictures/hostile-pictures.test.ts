import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalisePicture } from './normalise-picture.ts';
import { PictureError } from './picture-error.ts';

/** A collection of nasty files beside the repository; where it is missing, normalise-picture.test.ts makes its own. */
const archive = join(import.meta.dirname, '../../../shared/hostile/hostile.tar.gz');

const refused: Record<string, string> = {
  'truncated_half.jpg': 'DAMAGED',
  'truncated_header.jpg': 'DAMAGED',
  'zero_byte.jpg': 'EMPTY',
  'text_renamed.jpg': 'NOT_AN_IMAGE',
  'html_renamed.png': 'NOT_AN_IMAGE',
  'json_named.webp': 'NOT_AN_IMAGE',
  'bitflips.jpg': 'DAMAGED',
  'bad_crc.png': 'DAMAGED',
  'lab.tif': 'DAMAGED',
  'bomb_30000x30000_1bit.png': 'TOO_MANY_PIXELS',
  'bomb_16000x16000_rgb.png': 'TOO_MANY_PIXELS',
  'webp_16383x8000.webp': 'TOO_MANY_PIXELS',
  'script.svg': 'UNSUPPORTED_FORMAT',
  'script_svg_named.jpg': 'UNSUPPORTED_FORMAT',
  'xxe.svg': 'UNSUPPORTED_FORMAT',
  'billion_laughs.svg': 'UNSUPPORTED_FORMAT',
  'photo.heic': 'UNSUPPORTED_FORMAT',
  'layered.psd': 'UNSUPPORTED_FORMAT',
  'icon.ico': 'UNSUPPORTED_FORMAT',
  'photo.jp2': 'UNSUPPORTED_FORMAT',
  'photo.jxl': 'UNSUPPORTED_FORMAT',
  'corrupt_fixture.png': 'DAMAGED',
};

const accepted = [
  'png_named.jpg',
  'jpeg_trailing_garbage.jpg',
  'cmyk.jpg',
  'rgb16.png',
  'gray16.png',
  'gray_alpha.png',
  'palette_transparent.png',
  'fully_transparent.png',
  'one_bit.png',
  'progressive.jpg',
  'animated.gif',
  'animated.webp',
  'gif_3000_frames.gif',
  'multipage.tif',
  'exif_orientation_1.jpg',
  'exif_orientation_2.jpg',
  'exif_orientation_3.jpg',
  'exif_orientation_4.jpg',
  'exif_orientation_5.jpg',
  'exif_orientation_6.jpg',
  'exif_orientation_7.jpg',
  'exif_orientation_8.jpg',
  'exif_gps_script.jpg',
  '1x1.png',
  'wide_8000x2.jpg',
  'tall_1x9000.png',
  'solid_black.jpg',
  'broken_icc.jpg',
  'icc_srgb.jpg',
  'icc_display_p3.jpg',
  'photo.avif',
  'animated.apng',
];

describe.skipIf(!existsSync(archive))('the collection of nasty pictures', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'exemplar-hostile-'));
    execFileSync('tar', ['xzf', archive, '-C', folder, '--wildcards', '*images/*']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (name: string) => readFileSync(join(folder, 'images', name));

  it.each(Object.entries(refused))('refuses %s as %s', async (name, code) => {
    const error = await normalisePicture(read(name)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PictureError);
    expect((error as PictureError).code).toBe(code);
  });

  it.each(accepted)('accepts %s', async (name) => {
    const picture = await normalisePicture(read(name));
    expect(picture.jpeg.length).toBeGreaterThan(100);
    expect(picture.thumbnail.length).toBeGreaterThan(20);
  });

  it('shows all eight orientations alike', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const { width, height } = await normalisePicture(read(`exif_orientation_${orientation}.jpg`));
      expect([width, height]).toEqual([200, 267]);
    }
  });
});
