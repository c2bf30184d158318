import sharp from 'sharp';
import type { PictureSource } from '../features/picture-source.ts';
import { random } from '../random/random.ts';

/** Pictures made when they are asked for, of a number of sizes and aspects; the same ones in every process. */
export interface GeneratedPictures extends PictureSource {
  readonly keyOf: (index: number) => string;
  /** How often pictures were asked for. */
  readonly loads: number;
}

const sides = [40, 48, 64, 96];

/** @param options.side of all pictures, pixels; various otherwise. */
export function generatedPictures(count: number, options: { readonly side?: number } = {}): GeneratedPictures {
  let loads = 0;
  return {
    count,
    labels: Int32Array.from({ length: count }, (_, index) => index % 2),
    keyOf: (index) => `generated-${index}-${options.side ?? 'various'}`,
    get loads() {
      return loads;
    },
    load: async (index) => {
      loads += 1;
      const draw = random(7, index);
      const width = options.side ?? sides[draw.integer(sides.length)]!;
      const height = options.side ?? sides[draw.integer(sides.length)]!;
      const colours = [draw.integer(256), draw.integer(256), draw.integer(256)];
      const data = new Uint8Array(width * height * 3);
      for (let at = 0; at < data.length; at++)
        data[at] = Math.min(255, colours[at % 3]! / 2 + ((at * (index + 3)) % 97));
      return sharp(data, { raw: { width, height, channels: 3 } })
        .jpeg()
        .toBuffer();
    },
  };
}
