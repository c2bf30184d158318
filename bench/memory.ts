import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import {
  loadBaseModel,
  shippedBaseModels,
  shippedDirectory,
  timeLimit,
  trainClassifier,
  type PictureSource,
  type Preference,
} from '#engine/index.ts';
import { printReport, type Figure } from './report.ts';

/*
 * Peak memory of a trainer process and disk of its caches for 1,000 and 20,000 pictures, drawn as they are asked for.
 *   npm run bench:memory -- 1000 20000
 */
const classCount = 10;
const given = process.argv.slice(2);
if (given[0] === 'train') await train(Number(given[1]), given[2] as Preference);
else await measure((given.length > 0 ? given : ['1000', '20000']).map(Number));

async function measure(counts: readonly number[]): Promise<void> {
  const figures: Figure[] = [];
  const smallest = new Map<Preference, number>();
  for (const count of counts)
    for (const preference of ['PERFORMANCE_FIRST', 'BALANCE'] as const) {
      const scratch = await mkdtemp(join(tmpdir(), 'exemplar-bench-'));
      const started = performance.now();
      const bytes = await peakOf(count, preference, scratch);
      const disk = await sizeOf(scratch);
      await rm(scratch, { recursive: true });
      const seconds = (performance.now() - started) / 1000;
      process.stderr.write(
        `${count} pictures, ${preference}: ${megabytes(bytes)} MB, disk ${megabytes(disk)} MB, ${seconds.toFixed(0)} s\n`,
      );
      if (!smallest.has(preference)) smallest.set(preference, bytes);
      figures.push(
        {
          name: `peak memory, ${count} pictures, ${preference}`,
          value: megabytes(bytes),
          unit: 'MB resident',
          reference: 'stated bound',
          referenceValue: 1200,
          target: 1,
          lowerIsBetter: true,
        },
        {
          name: `cache on disk, ${count} pictures, ${preference}`,
          value: megabytes(disk),
          unit: 'MB',
          reference: 'budget',
          referenceValue: 4000,
          target: 1,
          lowerIsBetter: true,
        },
      );
    }
  printReport('memory', figures);
}

/** Of a process of its own, as the worker's trainers are. */
function peakOf(count: number, preference: Preference, scratch: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['train', String(count), preference], {
      env: { ...process.env, BENCH_SCRATCH: scratch },
    });
    let bytes: number | undefined;
    child.on('message', (message) => (bytes = Number(message)));
    child.on('exit', () => (bytes === undefined ? reject(new Error('the trainer ended')) : resolve(bytes)));
  });
}

async function train(count: number, preference: Preference): Promise<void> {
  const baseModel = await loadBaseModel(shippedDirectory(shippedBaseModels[preference]));
  const training = trainClassifier({
    baseModel,
    classes: Array.from({ length: classCount }, (_, index) => ({ id: String(index), name: String(index) })),
    train: drawn(Math.round(count * 0.8), 0),
    validation: drawn(Math.round(count * 0.2), 1),
    preference,
    seed: 0,
    cache: { directory: process.env['BENCH_SCRATCH']!, budgetBytes: 4e9 },
    ...timeLimit(preference === 'PERFORMANCE_FIRST' ? 60 : 4),
  });
  let step = await training.next();
  while (!step.done) step = await training.next();
  process.send!(process.resourceUsage().maxRSS * 1024);
  process.disconnect();
}

function drawn(count: number, side: number): PictureSource {
  return {
    count,
    labels: Int32Array.from({ length: count }, (_, index) => index % classCount),
    keyOf: (index) => `${side}-${index}`,
    load: async (index) => {
      const hue = ((index % classCount) * 360) / classCount;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><rect width="160" height="120" fill="hsl(${index % 360},20%,70%)"/>
        <circle cx="${30 + (index % 90)}" cy="${30 + (index % 60)}" r="${12 + (index % 17)}" fill="hsl(${hue},80%,45%)"/></svg>`;
      return sharp(Buffer.from(svg)).jpeg().toBuffer();
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) total += (await stat(join(entry.parentPath, entry.name))).size;
  return total;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
