import type { Platform } from '../../platform/platform.ts';
import type { ImportUnit } from './import-units.ts';
import { readUnit, type ReadUnit } from './prepare-pictures.ts';

/** Pictures of a batch, at most; also in bytes, since all of them are in memory. */
const picturesOfBatch = 48;
const bytesOfBatch = 16 * 1024 * 1024;
/** What brings no bytes along is cheap. */
const unitsOfBatch = 1000;
/** Files that are read at the same time, where they can be: a store that is far away takes its time for each. */
const concurrency = 16;

/** Units with their files, in batches that fit into memory; the first `skip` are passed over unread. */
export async function* importBatches(
  platform: Platform,
  units: AsyncIterable<ImportUnit>,
  skip: number,
): AsyncGenerator<ReadUnit[], void> {
  let batch: Promise<ReadUnit>[] = [];
  let pictures = 0;
  let bytes = 0;
  let passed = 0;
  for await (const unit of units) {
    if (passed++ < skip) continue;
    const reading = readUnit(platform, unit);
    // Heard of below; without this it would end the process first.
    reading.catch(() => {});
    batch.push(reading);
    if (unit.kind === 'PICTURE') {
      pictures++;
      bytes += Math.min(unit.entry.size, platform.config.limits.imageBytes);
      await (unit.entry.isLasting ? batch.at(-concurrency) : reading);
    }
    if (pictures < picturesOfBatch && bytes < bytesOfBatch && batch.length < unitsOfBatch) continue;
    yield await Promise.all(batch);
    batch = [];
    pictures = bytes = 0;
  }
  if (batch.length > 0) yield await Promise.all(batch);
}
