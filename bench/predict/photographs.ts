import sharp from 'sharp';
import type { PictureSource } from '#engine/index.ts';
import { random } from '#engine/random/random.ts';

/** JPEGs that cost a decoder about what photographs do: soft shapes and grain. Of two kinds in turn, the same in every process. */
export async function drawnPhotographs(count: number, width: number, height: number, first = 0): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => draw(first + index, width, height)));
}

/** Pictures of both kinds as a training takes them. */
export async function photographSource(count: number, first: number): Promise<PictureSource> {
  const pictures = await drawnPhotographs(count, 320, 240, first);
  return {
    count,
    labels: Int32Array.from({ length: count }, (_, index) => (first + index) % 2),
    load: (index) => Promise.resolve(pictures[index]!),
  };
}

async function draw(number: number, width: number, height: number): Promise<Buffer> {
  const dice = random(11, number);
  const colours = Array.from({ length: 3 }, () => 60 + dice.integer(140));
  const data = new Uint8Array(width * height * 3);
  const period = 20 + dice.integer(60);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const wave = number % 2 === 0 ? Math.sin(x / period) : Math.sin(x / period) * Math.sin(y / period);
      for (let channel = 0; channel < 3; channel++)
        data[(y * width + x) * 3 + channel] = colours[channel]! + 50 * wave + dice.integer(24);
    }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}
