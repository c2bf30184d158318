import { once, type EventEmitter } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { syncFolder } from '../platform/objects/sync-folder.ts';
import { BackupError } from './backup-errors.ts';
import type { BackupTarget } from './backup-target.ts';
import { manifestFile } from './manifest.ts';
import { MeasuredStream, type Measured } from './measured-stream.ts';

/** In an archive objects lie below this, under their keys and in the order of the index. */
export const archivedObjects = 'objects/';

/** A backup as one TAR file: objects, then files, the manifest last. @throws {BackupError} */
export async function createArchiveTarget(path: string): Promise<BackupTarget> {
  const folder = dirname(path);
  // Beside its place, so that it gets there by a new name.
  const draft = join(folder, `.${basename(path)}.part`);
  const draftFile = join(draft, 'archive');
  if (await stat(path).catch(() => undefined)) throw new BackupError(`There is a file ${path} already.`);
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new BackupError(`No backup can be written to ${path} (${String(error)}).`);
  }
  const archive = pack();
  const written = pipeline(
    Readable.from(archive as AsyncIterable<Uint8Array>),
    createWriteStream(draftFile, { flags: 'wx', flush: true, mode: 0o600 }),
  );
  const failed = written.then(() => Promise.reject(new Error('the archive ended early')));
  // Heard of by whoever writes next.
  failed.catch(() => {});

  const write = async (name: string, source: Readable, bytes: number): Promise<Measured> => {
    const measuring = new MeasuredStream();
    const entry = archive.entry({ name, size: bytes, mode: 0o600 });
    const feed = async () => {
      for await (const chunk of pipe(source, measuring, () => {}))
        if (!entry.write(chunk)) await once(entry as unknown as EventEmitter, 'drain');
      entry.end(null);
    };
    await Promise.race([feed(), failed]);
    return measuring.measured;
  };

  return {
    concurrency: 1,
    earlierObjects: async function* () {},
    keepObject: () => Promise.resolve(false),
    writeObject: (key, source, bytes) => write(`${archivedObjects}${key}`, source, bytes),
    // A TAR says how long a file is before the file, which is known only when it has been read.
    writeFile: async (name, source) => {
      const spool = join(draft, 'spool', name);
      await mkdir(dirname(spool), { recursive: true });
      await pipeline(source, createWriteStream(spool, { mode: 0o600 }));
      const { size } = await stat(spool);
      const measured = await write(name, createReadStream(spool), size);
      await rm(spool);
      return measured;
    },
    finish: async (manifest) => {
      archive.entry({ name: manifestFile, mode: 0o600 }, manifest);
      archive.finalize();
      await written;
      await rename(draftFile, path);
      await syncFolder(folder);
      await rm(draft, { recursive: true });
      return path;
    },
    discard: async () => {
      archive.destroy(new Error('the backup was given up'));
      await written.catch(() => {});
      await rm(draft, { recursive: true, force: true });
    },
  };
}
