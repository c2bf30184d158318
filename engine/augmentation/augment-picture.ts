import type { RoomyPixels } from '../pictures/picture-to-roomy-pixels.ts';
import type { Random } from '../random/random.ts';
import type { AugmentationSettings } from './augmentation-settings.ts';
import { jitterColour } from './jitter-colour.ts';
import { randomCrop } from './random-crop.ts';

/**
 * One random view of a picture. With `random(seed, picture, view)` it depends on these three alone, not on the order in which pictures
 * are processed.
 * @param into where the view goes, such as a part of a batch; a buffer of its own otherwise.
 * @returns [size, size, 3] uint8, RGB.
 */
export function augmentPicture(
  picture: RoomyPixels,
  size: number,
  random: Random,
  settings: AugmentationSettings,
  into = new Uint8Array(size * size * 3),
): Uint8Array {
  randomCrop(picture, size, random, settings, into);
  const factor = (strength: number) => 1 + strength * (2 * random.uniform() - 1);
  const { brightness, contrast, saturation } = settings;
  if (brightness > 0 || contrast > 0 || saturation > 0)
    jitterColour(into, { brightness: factor(brightness), contrast: factor(contrast), saturation: factor(saturation) });
  return into;
}
