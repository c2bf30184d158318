import type { Platform } from '../../platform/platform.ts';
import type { ImportUnit } from './import-units.ts';
import { readUnit, type ReadUnit } from './prepare-pictures.ts';

/** Pictures of a batch, at most; also in bytes, since all of them are in memory. */
const picturesOfBatch = 48;
const bytesOfBatch = 16 * 1024 * 1024;
/** What brings no bytes along is cheap. */
const unitsOfBatch = 1000;

/** Units with their files, in batches that fit into memory; the first `skip` are passed over unread. */
export async function* importBatches(
  platform: Platform,
  units: AsyncIterable<ImportUnit>,
  skip: number,
): AsyncGenerator<ReadUnit[], void> {
  let batch: ReadUnit[] = [];
  let pictures = 0;
  let bytes = 0;
  let passed = 0;
  for await (const unit of units) {
    if (passed++ < skip) continue;
    const read = await readUnit(platform, unit);
    batch.push(read);
    if (read.kind === 'PICTURE') pictures++;
    if (read.kind === 'PICTURE' && 'bytes' in read.file) bytes += read.file.bytes.length;
    if (pictures < picturesOfBatch && bytes < bytesOfBatch && batch.length < unitsOfBatch) continue;
    yield batch;
    batch = [];
    pictures = bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
