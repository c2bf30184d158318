import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodePicture, normalisePicture, PictureError, pictureToPixels } from '#engine/pictures/index.ts';
import { plainJpeg } from '#engine/pictures/plain-jpeg.ts';
import { ending, Findings } from './findings.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { hostilePicture, pictureMixins, pictureSamples } from './picture-samples.ts';

/** Small enough that a size that lies is past it. */
const limits = { maximumBytes: 5_000_000, maximumSide: 16_384, maximumPixels: 20_000_000 };

test(
  'a picture, however it was changed, becomes a normalised one or is refused by a code',
  { timeout: fuzzMilliseconds },
  async () => {
    const [samples, mixins] = await Promise.all([pictureSamples(), pictureMixins()]);
    for (const sample of samples) expect((await normalisePicture(sample, limits)).width).toBeGreaterThan(0);
    const findings = new Findings();
    const tally: Record<string, number> = {};
    const count = (outcome: string) => (tally[outcome] = (tally[outcome] ?? 0) + 1);
    for (const { index, draw } of fuzzCases(4, 1200)) {
      const bytes = hostilePicture(draw, samples, mixins);
      const before = Buffer.from(bytes);
      try {
        const picture = await ending(normalisePicture(bytes, limits));
        const { data, info } = await sharp(picture.jpeg).raw().toBuffer({ resolveWithObject: true });
        const { format } = await sharp(picture.thumbnail).metadata();
        if (info.channels !== 3 || Math.max(info.width, info.height) > 1024 || data.length === 0 || format !== 'jpeg')
          findings.add(index, 'is no normalised picture', info, format);
        if (
          picture.width > limits.maximumSide ||
          picture.height > limits.maximumSide ||
          picture.width * picture.height > limits.maximumPixels
        )
          findings.add(index, 'is larger than allowed', picture.width, picture.height);
        const kept = plainJpeg(bytes);
        if (kept?.equals(picture.jpeg)) {
          count('kept as it is');
          const came = await sharp(bytes, { failOn: 'truncated' }).toColourspace('srgb').raw().toBuffer();
          if (!came.equals(data)) findings.add(index, 'lost pixels', bytes.toString('base64'));
        }
        await ending(decodePicture(picture.jpeg));
        await ending(pictureToPixels(picture.jpeg, { size: 32, resize: 'cover' }));
        count(picture.format);
      } catch (error) {
        if (error instanceof PictureError) count(error.code);
        else findings.add(index, 'no refusal', (error as Error).stack, bytes.toString('base64'));
      }
      if (!bytes.equals(before)) findings.add(index, 'the bytes of the caller were changed');
    }
    console.log(`pictures: ${JSON.stringify(tally)}, ${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);
    expect(findings.shown).toEqual([]);
  },
);
