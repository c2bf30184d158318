import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPictures } from './drawn-pictures.ts';
import { labelsOf, type LabelledPicture } from './picture-set.ts';

const bytesOf = (pictures: readonly LabelledPicture[]) => Promise.all(pictures.map((picture) => picture.read()));

describe('drawn pictures', () => {
  it('should be the same for the same seed and others for another', async () => {
    const [first, again, other] = await Promise.all([drawPictures(5, 4), drawPictures(5, 4), drawPictures(6, 4)]);
    expect(await bytesOf(again.pictures)).toEqual(await bytesOf(first.pictures));
    expect(await bytesOf(other.pictures)).not.toEqual(await bytesOf(first.pictures));
  });

  it('should have three classes of equal size and one more picture of each kept out', async () => {
    const { pictures, unseen } = await drawPictures(0, 4);
    expect(labelsOf(pictures)).toEqual(['circle', 'square', 'triangle']);
    expect(pictures).toHaveLength(12);
    expect(unseen.map((picture) => picture.label)).toEqual(['circle', 'square', 'triangle']);
  });

  it('should all decode, all differ and say their size', async () => {
    const { pictures, unseen } = await drawPictures(1, 6);
    const contents = new Set<string>();
    for (const picture of [...pictures, ...unseen]) {
      const bytes = await picture.read();
      expect(bytes.byteLength).toBe(picture.byteSize);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 224, height: 224 });
      contents.add(Buffer.from(bytes).toString('base64'));
    }
    expect(contents.size).toBe(21);
  });
});
