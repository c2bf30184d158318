import sharp from 'sharp';
import type { LabelledPicture, PictureSet } from './picture-set.ts';
import { seededRandom } from './random.ts';

const side = 224;
/** As many as the readiness check advises, so that the demo starts without a warning. */
const picturesPerClass = 50;

/** Corners around the origin with radius 1; the circle has so many that it looks round. */
const shapes: Record<string, readonly (readonly [number, number])[]> = {
  circle: corners(72),
  square: corners(4),
  triangle: corners(3),
};

function corners(count: number): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/**
 * Three classes that only their outline tells apart: size, place, rotation, stretch, colour, line or filled, background, noise and
 * specks vary alike in all of them. The same seed draws the same pictures; one of each class is kept out.
 */
export async function drawPictures(seed: number, perClass = picturesPerClass): Promise<PictureSet> {
  const pictures: LabelledPicture[] = [];
  const unseen: LabelledPicture[] = [];
  const random = seededRandom(seed);
  for (const label of Object.keys(shapes))
    for (let index = 0; index <= perClass; index++) {
      const name = index === perClass ? `unseen-${label}` : `${label}-${String(index + 1).padStart(3, '0')}`;
      const buffer = await sharp(Buffer.from(drawSvg(label, random)))
        .jpeg({ quality: 88 })
        .toBuffer();
      const bytes = new Uint8Array(buffer);
      const picture = { file: `${name}.jpg`, label, byteSize: bytes.byteLength, read: async () => bytes };
      (index === perClass ? unseen : pictures).push(picture);
    }
  return { name: 'shapes', pictures, unseen, skipped: [] };
}

function drawSvg(label: string, random: () => number): string {
  const between = (low: number, high: number) => low + (high - low) * random();
  const hue = between(0, 360);
  const isLight = random() < 0.6;
  const ground = () => hsl(between(0, 360), between(10, 45), isLight ? between(70, 95) : between(8, 30));
  const ink = hsl(hue, between(55, 95), isLight ? between(25, 48) : between(58, 80));
  const radius = between(36, 84);
  const isFilled = random() < 0.7;
  const [x, y] = [between(radius, side - radius), between(radius, side - radius)];
  const points = shapes[label]!.map(([px, py]) => `${(px * radius).toFixed(2)},${(py * radius).toFixed(2)}`).join(' ');
  const specks = Array.from({ length: Math.floor(between(0, 14)) }, () => {
    const [cx, cy, size] = [between(0, side), between(0, side), between(1, 6)];
    return `<circle cx="${cx}" cy="${cy}" r="${size}" fill="${hsl(between(0, 360), 50, between(20, 80))}" opacity="0.6"/>`;
  });
  const paint = isFilled
    ? `fill="${ink}"`
    : `fill="none" stroke="${ink}" stroke-width="${between(6, 14)}" stroke-linejoin="miter"`;
  const transform = `translate(${x} ${y}) rotate(${between(0, 360)}) scale(1 ${between(0.8, 1)})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
<defs>
<linearGradient id="ground" gradientTransform="rotate(${between(0, 90)})"><stop offset="0" stop-color="${ground()}"/><stop offset="1" stop-color="${ground()}"/></linearGradient>
<filter id="noise"><feTurbulence type="fractalNoise" baseFrequency="${between(0.05, 0.9)}" numOctaves="2" seed="${Math.floor(between(1, 9999))}"/></filter>
</defs>
<rect width="100%" height="100%" fill="url(#ground)"/>${specks.join('')}
<polygon points="${points}" transform="${transform}" ${paint}/>
<rect width="100%" height="100%" filter="url(#noise)" opacity="${between(0.05, 0.3)}"/>
</svg>`;
}

function hsl(hue: number, saturation: number, lightness: number): string {
  return `hsl(${hue.toFixed(1)}, ${saturation.toFixed(1)}%, ${lightness.toFixed(1)}%)`;
}
