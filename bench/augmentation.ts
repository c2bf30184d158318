import sharp from 'sharp';
import { augmentPicture } from '#engine/augmentation/augment-picture.ts';
import { gentleAugmentation, strongAugmentation } from '#engine/augmentation/augmentation-settings.ts';
import { roomySide } from '#engine/pictures/picture-to-roomy-pixels.ts';
import { random } from '#engine/random/random.ts';
import '#engine/pictures/sharp-settings.ts';
import { printReport, type Figure } from './report.ts';

/*
 * Random views a second on one thread, beside libvips, which crops and resizes the same raw pixels on one thread of its own.
 *   npm run bench:augmentation
 */
const figures: Figure[] = [];
for (const size of [96, 160]) {
  const width = Math.round(roomySide(size) * 1.33);
  const height = roomySide(size);
  const draw = random(size);
  const data = Uint8Array.from({ length: width * height * 3 }, () => draw.integer(256));
  const into = new Uint8Array(size * size * 3);
  const rates = Object.entries({ gentle: gentleAugmentation, strong: strongAugmentation }).map(([name, settings]) => {
    const once = (view: number) =>
      void augmentPicture({ width, height, data }, size, random(1, 2, view), settings, into);
    return [name, best(once)] as const;
  });
  const started = performance.now();
  const peerRuns = 300;
  for (let run = 0; run < peerRuns; run++)
    await sharp(data, { raw: { width, height, channels: 3 } })
      .extract({ left: 5, top: 5, width: size - 10, height: size - 10 })
      .resize(size, size, { kernel: 'linear', fit: 'fill' })
      .raw()
      .toBuffer();
  const peer = (peerRuns * 1000) / (performance.now() - started);
  for (const [name, value] of rates)
    figures.push({
      name: `${name} views at ${size} px`,
      value,
      unit: 'views/s of one thread',
      reference: 'libvips: extract and resize',
      referenceValue: peer,
      target: null,
    });
}
printReport('augmentation', figures);

/** Of some rounds, since other processes use the machine too. */
function best(once: (view: number) => void): number {
  const views = 300;
  const rounds = Array.from({ length: 8 }, () => {
    const started = performance.now();
    for (let view = 0; view < views; view++) once(view);
    return (views * 1000) / (performance.now() - started);
  });
  return Math.max(...rounds);
}
