import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoomyPixels } from '../pictures/picture-to-roomy-pixels.ts';
import { random } from '../random/random.ts';
import { augmentPicture } from './augment-picture.ts';
import { gentleAugmentation, strongAugmentation, type AugmentationSettings } from './augmentation-settings.ts';
import { jitterColour } from './jitter-colour.ts';

const nothing: AugmentationSettings = {
  area: [1, 1],
  aspect: [1, 1],
  flip: false,
  brightness: 0,
  contrast: 0,
  saturation: 0,
};

function noise(width: number, height: number, seed = 1): RoomyPixels {
  const draw = random(seed);
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => draw.integer(256)) };
}

/** Pixels of a row, mirrored. */
function mirror(view: Uint8Array, size: number): Uint8Array {
  return view.map((_, at) => {
    const channel = at % 3;
    const x = Math.floor(at / 3) % size;
    const y = Math.floor(at / 3 / size);
    return view[(y * size + size - 1 - x) * 3 + channel]!;
  });
}

describe('augmentPicture', () => {
  it('changes nothing when told so', () => {
    const picture = noise(20, 20);
    expect(augmentPicture(picture, 20, random(1), nothing)).toEqual(picture.data);
  });

  it('draws the same view of a picture, whatever was drawn before', () => {
    const pictures = [noise(30, 24, 1), noise(24, 40, 2), noise(26, 26, 3)];
    const view = (picture: number, number: number) =>
      augmentPicture(pictures[picture]!, 16, random(9, picture, number), strongAugmentation);
    const forwards = [view(0, 1), view(1, 1), view(2, 5)];
    const backwards = [view(2, 5), view(1, 1), view(0, 1)];
    expect(backwards.reverse()).toEqual(forwards);
    expect(view(0, 2)).not.toEqual(view(0, 1));
  });

  it('mirrors about half of the views, and none when left and right mean something', () => {
    const picture = noise(16, 16);
    let mirrored = 0;
    for (let view = 0; view < 200; view++) {
      const plain = augmentPicture(picture, 16, random(view), { ...gentleAugmentation, flip: false });
      const flipped = augmentPicture(picture, 16, random(view), { ...gentleAugmentation, flip: true });
      if (Buffer.compare(plain, flipped) === 0) continue;
      mirrored += 1;
      expect(flipped).toEqual(mirror(plain, 16));
    }
    expect(mirrored).toBeGreaterThan(70);
    expect(mirrored).toBeLessThan(130);
  });

  it('samples between pixels', () => {
    const ramp: RoomyPixels = {
      width: 64,
      height: 64,
      data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (Math.floor(at / 3) % 64) * 4),
    };
    const view = augmentPicture(ramp, 32, random(4), { ...nothing, area: [0.5, 0.5] });
    // A crop of half the area: columns are sqrt(0.5) x 64 / 32 pixels apart, of 4 grey levels each.
    const step = Math.sqrt(0.5) * (64 / 32) * 4;
    for (let x = 1; x < 32; x++) expect(Math.abs(view[x * 3]! - view[0]! - x * step)).toBeLessThanOrEqual(1);
    expect(view.subarray(0, 96)).toEqual(view.subarray(96, 192));
  });

  it('never shows a colour that is darker or lighter than the picture when only cropping', () => {
    const sides = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 1, max: 40 }), fc.nat(), (width, height, size, seed) => {
        const data = noise(width, height, seed).data.map((value) => 60 + (value >> 1));
        const { brightness, contrast, saturation, ...crop } = strongAugmentation;
        expect([brightness, contrast, saturation]).not.toContain(0);
        const view = augmentPicture({ width, height, data }, size, random(seed), { ...nothing, ...crop });
        const largest = data.reduce((a, b) => Math.max(a, b));
        const smallest = data.reduce((a, b) => Math.min(a, b));
        expect(view.length).toBe(size * size * 3);
        expect(view.every((value) => value >= smallest && value <= largest)).toBe(true);
      }),
    );
  });

  it('writes into a part of a batch', () => {
    const picture = noise(20, 30);
    const batch = new Uint8Array(2 * 8 * 8 * 3);
    augmentPicture(picture, 8, random(5), strongAugmentation, batch.subarray(192));
    expect(batch.subarray(192)).toEqual(augmentPicture(picture, 8, random(5), strongAugmentation));
    expect(batch.subarray(0, 192)).toEqual(new Uint8Array(192));
  });
});

describe('jitterColour', () => {
  const jittered = (pixels: number[], factors: Partial<Parameters<typeof jitterColour>[1]>) => {
    const view = Uint8Array.from(pixels);
    jitterColour(view, { brightness: 1, contrast: 1, saturation: 1, ...factors });
    return Array.from(view);
  };

  it('changes nothing with factors of one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255))), (pixels) => {
        expect(jittered(pixels.flat(), {})).toEqual(pixels.flat());
      }),
    );
  });

  it('brightens by multiplying, and clips', () => {
    expect(jittered([0, 50, 100, 200, 7, 255], { brightness: 1.5 })).toEqual([0, 75, 150, 255, 11, 255]);
  });

  it('draws contrast apart from the mean luma', () => {
    // Lumas 0 and 200, mean 100.
    expect(jittered([0, 0, 0, 200, 200, 200], { contrast: 0.5 })).toEqual([50, 50, 50, 150, 150, 150]);
    expect(jittered([0, 0, 0, 200, 200, 200], { contrast: 0 })).toEqual([100, 100, 100, 100, 100, 100]);
    expect(jittered([0, 0, 0, 200, 200, 200], { contrast: 1.2 })).toEqual([0, 0, 0, 220, 220, 220]);
  });

  it('draws colours towards the luma of their pixel', () => {
    // 0.299 x 255 = 76.2, in 1/256: 77 x 255 / 256 = 76.7, rounded down.
    expect(jittered([255, 0, 0, 9, 9, 9], { saturation: 0 })).toEqual([76, 76, 76, 9, 9, 9]);
    expect(jittered([100, 60, 60], { saturation: 0.5 })).toEqual([86, 66, 66]);
  });
});
