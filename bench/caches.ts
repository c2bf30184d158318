import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { openCacheFolder, type CacheFolder } from '#engine/cache/cache-folder.ts';
import { openActivationCache } from '#engine/features/activation-cache.ts';
import { openPictureCache } from '#engine/pictures/picture-cache.ts';
import { mostRoomyBytes, pictureToRoomyPixels, type RoomyPixels } from '#engine/pictures/picture-to-roomy-pixels.ts';
import { random } from '#engine/random/random.ts';
import { printReport, type Figure } from './report.ts';

/*
 * What the caches save and cost, and that memory stays flat. Roomy pixels in batches of 32: first decoded and stored, then read in random
 * order for some epochs. Activations: written, then read in batches of 32 random rows. The limits measured in the same run are the bare
 * decoder and bare positional reads of as many bytes.
 *   npm run bench:caches -- --pictures 3000 --size 96 --rows 3000 --row-length 50000 --epochs 3
 */
const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '3000' },
    size: { type: 'string', default: '96' },
    rows: { type: 'string', default: '3000' },
    'row-length': { type: 'string', default: '50000' },
    epochs: { type: 'string', default: '3' },
  },
});
const geometry = { size: Number(values.size), resize: 'cover' } as const;
const epochs = Number(values.epochs);
const batchSize = 32;
const budgetBytes = 50e9;
const positions = Array.from({ length: batchSize }, (_, at) => at);
const draw = random(1);
const figures: Figure[] = [];
const path = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
try {
  const folder = openCacheFolder(path, { budgetBytes });
  await pictures(folder, Number(values.pictures));
  await activations(folder, Number(values.rows), Number(values['row-length']));
  process.stderr.write(`${JSON.stringify(folder.statistics)}\n`);
  await folder.close();
} finally {
  await rm(path, { recursive: true });
}
printReport('caches', figures);

async function pictures(folder: CacheFolder, count: number): Promise<void> {
  const photos = await Promise.all(Array.from({ length: 50 }, (_, index) => noisyPhoto(index)));
  const source = {
    keyOf: (index: number) => `photo-${index}`,
    load: async (index: number) => photos[index % photos.length]!,
  };
  const decode = await rate(Math.min(count, 500), (start) =>
    Promise.all(positions.map(async (at) => pictureToRoomyPixels(await source.load(start + at), geometry))),
  );
  const cache = openPictureCache(folder);
  const scratch = positions.map(() => new Uint8Array(mostRoomyBytes(geometry.size)));
  const read = (pick: (at: number) => number) =>
    Promise.all(positions.map((at) => cache.roomyPixels(source, pick(at), geometry, scratch[at])));
  const first = await rate(count, (start) => read((at) => start + at));
  report('pictures, decode and store', first, decode, 'bare decoder', 0.8);
  const [{ data }] = (await read((at) => at)) as [RoomyPixels];
  const bare = await bareReads(count, data.length);
  for (let epoch = 1; epoch <= epochs; epoch++)
    report(
      `pictures, epoch ${epoch}`,
      await rate(count, () => read(() => draw.integer(count))),
      bare,
      'bare reads',
      null,
    );
}

async function activations(folder: CacheFolder, count: number, rowLength: number): Promise<void> {
  const key = { baseModelSha256: 'bench', cut: 'bench', inputSize: geometry.size, viewSeed: 1 };
  const cache = await openActivationCache(folder, key, rowLength);
  const batch = Float32Array.from({ length: batchSize * rowLength }, () => draw.uniform());
  const rows = (pick: (at: number) => number) => positions.map((at) => ({ picture: `photo-${pick(at)}`, view: 0 }));
  const bare = await bareReads(count, rowLength * 4);
  const written = await rate(count, (start) =>
    cache.write(
      rows((at) => start + at),
      batch,
    ),
  );
  report('activations, write', written, bare, 'bare reads', null);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const found = await rate(count, () =>
      cache.read(
        rows(() => draw.integer(count)),
        batch,
      ),
    );
    report(`activations, epoch ${epoch}`, found, bare, 'bare reads', null);
  }
}

/** Records a second. */
async function rate(total: number, batch: (start: number) => Promise<unknown>): Promise<number> {
  const batches = Math.ceil(total / batchSize);
  const started = performance.now();
  for (let at = 0; at < batches; at++) await batch(at * batchSize);
  return (batches * batchSize * 1000) / (performance.now() - started);
}

async function bareReads(count: number, bytes: number): Promise<number> {
  const name = join(path, 'bare');
  const file = await open(name, 'w+');
  const buffers = positions.map(() => new Uint8Array(bytes));
  for (let index = 0; index < count; index++) await file.write(buffers[0]!, 0, bytes, index * bytes);
  const result = await rate(count, () =>
    Promise.all(buffers.map((buffer) => file.read(buffer, 0, bytes, draw.integer(count) * bytes))),
  );
  await file.close();
  await rm(name);
  return result;
}

function report(name: string, value: number, referenceValue: number, reference: string, target: number | null): void {
  figures.push({ name, value, unit: 'records/s', reference, referenceValue, target });
  const memory = (process.memoryUsage.rss() / 2 ** 20).toFixed(0);
  process.stderr.write(`${name}: ${value.toFixed(0)} a second, ${memory} MB resident\n`);
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
