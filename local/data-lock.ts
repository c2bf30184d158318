import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Two installations on one data directory would destroy each other's work. */
export class DataInUseError extends Error {
  constructor(directory: string, pid: number) {
    super(
      `The data in ${directory} is in use by a running Exemplar (process ${pid}). Stop it, or choose another folder with EXEMPLAR_DATA.`,
    );
    this.name = 'DataInUseError';
  }
}

/** There is no folder at the path and none can be made, or this user may not write to it. */
export class DataFolderError extends Error {
  constructor(directory: string, cause: Error) {
    super(
      `The folder ${directory} cannot hold the data (${cause.message}). Make it a folder that this user may write to, or choose another with EXEMPLAR_DATA.`,
      { cause },
    );
    this.name = 'DataFolderError';
  }
}

/**
 * Takes the data directory for this process; one whose holder was killed is free. Returns how to give it back.
 * @throws {DataInUseError} {DataFolderError}
 */
export async function lockData(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, 'exemplar.pid');
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw new DataFolderError(directory, error as Error);
  }
  for (;;) {
    try {
      await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(await readFile(file, 'utf8').catch(() => ''));
      if (pid !== process.pid && (await isExemplar(pid))) throw new DataInUseError(directory, pid);
      await rm(file, { force: true });
    }
  }
}

/** A process id may have been given to another program since. */
async function isExemplar(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined || commandLine.includes('node');
}
