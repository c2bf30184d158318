import sharp from 'sharp';
import { random } from '#engine/random/random.ts';

/** Something like a photo: detail of every size, the less the finer, as in natural pictures (1/f). About a quarter of a byte a pixel. */
export async function drawPhoto(number: number, width: number): Promise<Buffer> {
  const height = Math.round(width * 0.75);
  const draws = random(number);
  const sum = new Float32Array(width * height * 3).fill(128);
  for (let cells = 4; cells <= width; cells *= 2) {
    const [columns, rows] = [cells, Math.max(1, Math.round(cells * 0.75))];
    const grid = Buffer.from(Array.from({ length: columns * rows * 3 }, () => draws.integer(256)));
    const octave = await sharp(grid, { raw: { width: columns, height: rows, channels: 3 } })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    const share = 0.9 / cells ** 0.35;
    for (let index = 0; index < sum.length; index++) sum[index]! += (octave[index]! - 128) * share;
  }
  return sharp(Buffer.from(Uint8ClampedArray.from(sum).buffer), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}
