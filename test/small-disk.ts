import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly path: string;
  close(): void;
}

/** A file system of its own, in memory, that is full after so many bytes; undefined where this machine does not let us mount one. */
export function openSmallDisk(bytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'exemplar-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'exemplar-test', path]);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    close: () => {
      spawnSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}
