import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { openCacheFolder } from '../cache/cache-folder.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { mostRoomyBytes, pictureToRoomyPixels } from '../pictures/picture-to-roomy-pixels.ts';
import { random } from '../random/random.ts';

/*
 * What the picture cache saves, what it costs, and that memory stays flat: roomy pixels in batches of 32, first decoded and stored, then
 * read in random order for some epochs. The limits measured in the same run are the bare decoder and bare positional reads of as many
 * bytes.  npm exec -- node engine/bench/picture-cache.ts --pictures 3000 --size 96 --epochs 3
 */
const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '3000' },
    size: { type: 'string', default: '96' },
    epochs: { type: 'string', default: '3' },
  },
});
const count = Number(values.pictures);
const geometry = { size: Number(values.size), resize: 'cover' } as const;
const batchSize = 32;

const photos = await Promise.all(Array.from({ length: 50 }, (_, index) => noisyPhoto(index)));
const source = {
  keyOf: (index: number) => `photo-${index}`,
  load: async (index: number) => photos[index % photos.length]!,
};
const scratch = Array.from({ length: batchSize }, () => new Uint8Array(mostRoomyBytes(geometry.size)));
const draw = random(1);
const path = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
try {
  const decode = await rate(Math.min(count, 500), (index) =>
    source.load(index).then((jpeg) => pictureToRoomyPixels(jpeg, geometry)),
  );
  const folder = openCacheFolder(path, { budgetBytes: 50e9 });
  const cache = openPictureCache(folder);
  const read = (index: number, slot: number) => cache.roomyPixels(source, index, geometry, scratch[slot]);
  const first = await rate(count, read);
  report('decode and store', first, decode, 'of the bare decoder');
  const { width, height } = await read(0, 0);
  const bare = await bareReads(width * height * 3);
  for (let epoch = 1; epoch <= Number(values.epochs); epoch++) {
    report(`epoch ${epoch}`, await rate(count, (_, slot) => read(draw.integer(count), slot)), bare, 'of bare reads');
  }
  await folder.close();
  const started = performance.now();
  const reopened = openCacheFolder(path, { budgetBytes: 50e9 });
  await openPictureCache(reopened).roomyPixels(source, 0, geometry);
  console.log(`opened again and read one in ${(performance.now() - started).toFixed(0)} ms`, folder.statistics);
  await reopened.close();
} finally {
  await rm(path, { recursive: true });
}

/** Pictures a second, in batches. */
async function rate(total: number, one: (index: number, slot: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let start = 0; start < total; start += batchSize)
    await Promise.all(scratch.slice(0, total - start).map((_, slot) => one(start + slot, slot)));
  return (total * 1000) / (performance.now() - started);
}

async function bareReads(bytes: number): Promise<number> {
  const file = await open(join(path, 'bare'), 'w+');
  for (let index = 0; index < count; index++) await file.write(scratch[0]!, 0, bytes, index * bytes);
  const result = await rate(count, (_, slot) => file.read(scratch[slot]!, 0, bytes, draw.integer(count) * bytes));
  await file.close();
  return result;
}

function report(what: string, found: number, limit: number, limitName: string): void {
  const memory = (process.memoryUsage.rss() / 2 ** 20).toFixed(0);
  const share = ((100 * found) / limit).toFixed(0);
  console.log(
    `${what}: ${found.toFixed(0)} images/s, ${share} % ${limitName} (${limit.toFixed(0)}), ${memory} MB resident`,
  );
}

async function noisyPhoto(seed: number): Promise<Buffer> {
  const draw = random(seed);
  const [width, height] = [640, 480];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) data[at] = 40 + ((at / 640) % 120) + draw.integer(60);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .blur(0.8)
    .jpeg({ quality: 90 })
    .toBuffer();
}
