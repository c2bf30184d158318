import { open } from 'node:fs/promises';
import { totalmem } from 'node:os';

/**
 * Fills the page cache of Linux, as it is on every machine that has been up for a while: what is written from then on takes the place of what was read.
 * On a virtual machine that is given memory page by page at the first touch, and gives back what is free, each page of a new file costs 10 us
 * otherwise, which no program can change. A minute for 24 GB; nothing is written to the disk.
 * @param path of a file that is made, without blocks, and must be deleted after the measurement: with it the cache goes.
 */
export async function useAllMemory(path: string): Promise<void> {
  const file = await open(path, 'wx+');
  try {
    await file.truncate(Math.ceil(1.1 * totalmem()));
    const chunk = Buffer.allocUnsafe(512 * 1024);
    while ((await file.read(chunk)).bytesRead > 0);
  } finally {
    await file.close();
  }
}
