import { augmentPicture } from '../augmentation/augment-picture.ts';
import type { AugmentationSettings } from '../augmentation/augmentation-settings.ts';
import type { BaseModelCard } from '../base-model.ts';
import { pictureSeed } from '../features/picture-seed.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { mapInOrder } from './map-in-order.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import { random } from '../random/random.ts';
import type { ExampleFeed } from './example-feed.ts';

/** Epochs draw other views than the cached activations of a picture, which are numbered from 0. */
const firstEpochView = 1000;
/** Pictures decoded or read at once. */
const inFlight = 4;

/** Pixels for a network that is trained from its input: every epoch sees every picture in a new view. */
export function pixelFeed(options: {
  readonly card: BaseModelCard;
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly cache: PictureCache;
  readonly augmentation: AugmentationSettings;
  readonly seed: number;
}): ExampleFeed {
  const { train, validation, cache, augmentation, seed } = options;
  const { size, resize, mean, std } = options.card.input;
  const rowLength = size * size * 3;
  const rowOf = (into: Float32Array | Uint8Array, row: number) =>
    (into as Uint8Array<ArrayBuffer>).subarray(row * rowLength, (row + 1) * rowLength);
  return {
    kind: { kind: 'pixels', mean, std },
    rowLength,
    allocate: (rows) => new Uint8Array(rows * rowLength),
    fill: (pictures, epoch, into) =>
      mapInOrder(pictures, inFlight, async (picture, row) => {
        const roomy = await cache.roomyPixels(train, picture, { size, resize });
        const draw = random(seed, pictureSeed(train, picture), firstEpochView + epoch);
        augmentPicture(roomy, size, draw, augmentation, rowOf(into, row));
      }),
    fillValidation: (start, into) => {
      const count = Math.min(into.length / rowLength, validation.count - start);
      const pictures = Int32Array.from({ length: count }, (_, row) => start + row);
      return mapInOrder(pictures, inFlight, async (picture, row) => {
        await cache.pixels(validation, picture, { size, resize }, rowOf(into, row));
      });
    },
    close: async () => {},
  };
}
