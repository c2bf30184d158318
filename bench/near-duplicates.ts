import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomBytes } from 'node:crypto';
import { assignSplits } from '#core/datasets/assign-splits.ts';
import { nearDuplicates } from '#core/datasets/near-duplicates.ts';
import type { SplitCandidate } from '#core/datasets/split-plan.ts';
import { normalisePicture } from '#engine/pictures/index.ts';
import { printReport, type Figure } from './report.ts';

/*
 * How many pairs of different pictures count as near-duplicates, how many changed copies are found, and what that costs for 100,000 pictures.
 * The first pairs of each set are told on stderr: whether they are different is for people to say.
 *   npm run bench:near-duplicates -- FOLDER_OF_SETS
 * Without a folder only the cost is measured, in CPU time, so that other work on the machine matters little.
 */
const [folder] = process.argv.slice(2);

const shrunk = async (picture: Buffer, share: number) => {
  const { width, height } = await sharp(picture).metadata();
  return sharp(picture).resize(Math.max(8, Math.round(width * share)), Math.max(8, Math.round(height * share)));
};
const cropped = async (picture: Buffer, share: number) => {
  const { width, height } = await sharp(picture).metadata();
  const [left, top] = [Math.round((width * share) / 2), Math.round((height * share) / 2)];
  return sharp(picture).extract({ left, top, width: width - 2 * left, height: height - 2 * top });
};
/** Copies as people make them, each saved as JPEG of quality 85 unless it says otherwise. */
const changes: Record<string, (picture: Buffer) => Promise<Buffer>> = {
  'JPEG quality 75': (picture) => sharp(picture).jpeg({ quality: 75 }).toBuffer(),
  'JPEG quality 40': (picture) => sharp(picture).jpeg({ quality: 40 }).toBuffer(),
  'half the size': async (picture) => (await shrunk(picture, 0.5)).jpeg({ quality: 85 }).toBuffer(),
  'brightness +15 %': (picture) => sharp(picture).modulate({ brightness: 1.15 }).jpeg({ quality: 85 }).toBuffer(),
  'contrast +15 %': (picture) => sharp(picture).linear(1.15, -19).jpeg({ quality: 85 }).toBuffer(),
  grey: (picture) => sharp(picture).greyscale().jpeg({ quality: 85 }).toBuffer(),
  'cropped by 2 %': async (picture) => (await cropped(picture, 0.02)).jpeg({ quality: 85 }).toBuffer(),
  'cropped by 5 %': async (picture) => (await cropped(picture, 0.05)).jpeg({ quality: 85 }).toBuffer(),
  mirrored: (picture) => sharp(picture).flop().jpeg({ quality: 85 }).toBuffer(),
};
const figures: Figure[] = [];
const hashOf = async (picture: Buffer): Promise<Buffer> => (await normalisePicture(picture)).perceptualHash;
const areAlike = (a: Buffer, b: Buffer): boolean => nearDuplicates([a, b]).find(1) === 0;

const sets = folder ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
for (const set of sets) {
  const files = readdirSync(join(folder!, set.name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const pictures = files.map((file) => readFileSync(file));
  const hashes: Buffer[] = [];
  for (const picture of pictures) hashes.push(await hashOf(picture));
  const pairs = hashes.flatMap((a, first) =>
    hashes.slice(0, first).flatMap((b, second) => (areAlike(a, b) ? [[files[second]!, files[first]!]] : [])),
  );
  const alike = nearDuplicates(hashes);
  const clusters = [...Map.groupBy(hashes.keys(), (index) => alike.find(index)).values()].map(({ length }) => length);
  figures.push({
    name: `${set.name}: pairs alike`,
    value: pairs.length,
    unit: 'pairs',
    reference: 'all pairs',
    referenceValue: (files.length * (files.length - 1)) / 2,
    target: null,
  });
  process.stderr.write(`${set.name}: ${pairs.length} pairs alike, largest cluster ${Math.max(...clusters)}\n`);
  for (const pair of pairs.slice(0, 5))
    process.stderr.write(`    ${pair.map((file) => file.slice(folder!.length)).join(' ~ ')}\n`);
  for (const [name, change] of Object.entries(changes)) {
    let found = 0;
    for (const [index, picture] of pictures.entries())
      if (areAlike(hashes[index]!, await hashOf(await change(picture)))) found++;
    figures.push({
      name: `${set.name}, ${name}: copies found`,
      value: found,
      unit: 'pictures',
      reference: 'all copies',
      referenceValue: pictures.length,
      target: null,
    });
  }
}

const count = 100_000;
const looks: Record<string, () => Buffer> = {
  'all different': () => randomBytes(32),
  'all alike': () => Buffer.concat([Buffer.alloc(28), randomBytes(4)]),
  'all in one band': () => Buffer.concat([Buffer.alloc(2), randomBytes(30)]),
};
for (const [name, look] of Object.entries(looks)) {
  const candidates = Array.from({ length: count }, (_, index): SplitCandidate => ({
    sha256: randomBytes(32).toString('hex'),
    labelIds: [`label ${index % 20}`],
    assigned: undefined,
    override: undefined,
    group: undefined,
    perceptualHash: look(),
  }));
  const compared = cpuMilliseconds(() => nearDuplicates(candidates.map(({ perceptualHash }) => perceptualHash)));
  const split = cpuMilliseconds(() => assignSplits(candidates, { trainRatio: 0.8, testRatio: 0.1, seed: 0 }));
  figures.push({
    name: `${count} pictures, ${name}: compared and split`,
    value: split,
    unit: 'ms of CPU time',
    reference: 'compared alone',
    referenceValue: compared,
    target: null,
  });
}
printReport('near-duplicates', figures);

function cpuMilliseconds(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
