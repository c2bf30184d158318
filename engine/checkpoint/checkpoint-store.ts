import { open, readFile, rename } from 'node:fs/promises';

/** Where a training keeps its latest checkpoint. The engine does not care whether that is a file or an object. */
export interface CheckpointStore {
  /** Replaces what was there, all or nothing. */
  save(bytes: Buffer): Promise<void>;
  /** What was saved last, by this or an earlier attempt; undefined when nothing was. */
  load(): Promise<Buffer | undefined>;
}

/** One file: written beside it, made durable, then renamed, so that a crash leaves the old or the new one. */
export function fileCheckpointStore(path: string): CheckpointStore {
  return {
    save: async (bytes) => {
      const file = await open(`${path}.part`, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
    },
    load: async () => {
      try {
        return await readFile(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
