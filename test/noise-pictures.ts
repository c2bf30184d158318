import sharp from 'sharp';
import { normalisePicture } from '#engine/index.ts';
import { random } from '#engine/random/random.ts';

const side = 128;

/** Normalised pictures of nothing: white noise, one colour, a slope between two, soft blobs; in turn, always the same ones. */
export async function noisePictures(count: number): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  for (let number = 0; number < count; number++) pictures.push((await normalisePicture(await draw(number))).jpeg);
  return pictures;
}

async function draw(number: number): Promise<Buffer> {
  const draws = random(number);
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => draws.integer(256)));
  const raw = (data: Buffer, size: number) => sharp(data, { raw: { width: size, height: size, channels: 3 } });
  if (number % 4 === 3) {
    const blobs = await raw(bytes(8 * 8 * 3), 8)
      .resize(side, side, { kernel: 'cubic' })
      .toBuffer();
    return raw(blobs, side).jpeg().toBuffer();
  }
  const [from, to] = [bytes(3), bytes(3)];
  const slope = (at: number) => {
    const [x, y] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
    return from[at % 3]! + ((to[at % 3]! - from[at % 3]!) * (x + y)) / (2 * side);
  };
  const pixels = { 0: () => draws.integer(256), 1: (at: number) => from[at % 3]!, 2: slope }[(number % 4) as 0 | 1 | 2];
  return raw(Buffer.from(Array.from({ length: side * side * 3 }, (_, at) => pixels(at))), side)
    .jpeg()
    .toBuffer();
}
