import sharp from 'sharp';

/** Colours that a test label's pictures have, so that even a random network can tell labels apart. */
const hues = ['#d22', '#2a2', '#22d', '#cc2', '#2cc', '#c2c', '#888', '#f82'];

/** A small JPEG whose bytes no other (label, number) has: a coloured shape on noise. */
export async function drawPicture(labelIndex: number, number: number): Promise<Buffer> {
  const random = mulberry32(labelIndex * 100_003 + number);
  const hue = hues[labelIndex % hues.length]!;
  const x = 8 + random() * 20;
  const y = 8 + random() * 20;
  const size = 16 + random() * 16;
  const shape =
    labelIndex % 2 === 0
      ? `<circle cx="${x + size / 2}" cy="${y + size / 2}" r="${size / 2}" fill="${hue}"/>`
      : `<rect x="${x}" y="${y}" width="${size}" height="${size}" fill="${hue}"/>`;
  const grey = Math.floor(150 + random() * 90);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="rgb(${grey},${grey},${Math.floor(150 + random() * 90)})"/>${shape}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

/**
 * A small JPEG that shows the things of which `carried` is true, each in its own part of the picture: a red disc on the left, a green
 * square in the middle, a blue bar on the right.
 */
export async function drawScene(carried: readonly boolean[], number: number): Promise<Buffer> {
  const random = mulberry32(7_000_003 + number);
  const grey = Math.floor(150 + random() * 90);
  const at = () => `${4 + random() * 4}`;
  const things = [
    `<circle cx="12" cy="${16 + random() * 16}" r="${7 + random() * 3}" fill="#d22"/>`,
    `<rect x="${22 + random() * 4}" y="${at()}" width="14" height="14" fill="#2a2"/>`,
    `<rect x="50" y="${at()}" width="9" height="${28 + random() * 8}" fill="#22d"/>`,
  ].filter((_, index) => carried[index]);
  // So that no two scenes have the same bytes.
  const mark = `<circle cx="${random() * 64}" cy="${random() * 48}" r="${1 + random()}" fill="#555"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="rgb(${grey},${grey},${Math.floor(150 + random() * 90)})"/>${mark}${things.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A BMP whose bytes no other number has, made without a codec: for tests that need many. */
export function plainPicture(number: number, side = 16): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  const random = mulberry32(number);
  const pixels = Buffer.from(Array.from({ length: side * side * 3 }, () => Math.floor(random() * 256)));
  return Buffer.concat([header, pixels]);
}
