import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A folder that nobody wrote into for so long belongs to nobody: much longer than the longest stall. */
const abandonedMilliseconds = 10 * 60_000;

/**
 * The unfinished download of a model: `NAME.part` while nobody works on it, `NAME.part-HOST-PID-RANDOM` while somebody does.
 * Taking it is a rename, so two pulls never write into one file: the second finds none and starts its own.
 */
export class PartFolder {
  readonly #folder: string;
  readonly #idle: string;

  private constructor(folder: string, idle: string) {
    this.#folder = folder;
    this.#idle = idle;
  }

  /** The bytes that came so far, in their order; may not exist yet. */
  get file(): string {
    return join(this.#folder, 'model.onnx');
  }

  get #etagFile(): string {
    return join(this.#folder, 'etag');
  }

  /** Takes the model's unfinished download, also of a process that was killed, or makes an empty one. */
  static async claim(directory: string, name: string): Promise<PartFolder> {
    const idle = join(directory, `${name}.part`);
    const own = `${idle}-${hostname()}-${process.pid}-${randomBytes(6).toString('hex')}`;
    await mkdir(directory, { recursive: true });
    for (const candidate of [idle, ...(await abandonedParts(directory, name))])
      if (await takes(candidate, own)) {
        const part = new PartFolder(own, idle);
        if (await part.#isSound()) return part;
        await rm(own, { recursive: true, force: true });
      }
    await mkdir(own);
    return new PartFolder(own, idle);
  }

  /** Only a plain file in a plain folder is gone on with: a link could lead anywhere. */
  async #isSound(): Promise<boolean> {
    if (!(await lstat(this.#folder)).isDirectory()) return false;
    return (await lstat(this.file).catch(() => undefined))?.isFile() ?? false;
  }

  /** Bytes that came so far. */
  async bytes(): Promise<number> {
    return (await lstat(this.file).catch(() => undefined))?.size ?? 0;
  }

  /** What the server called the version that the bytes are of; undefined = it did not. */
  async readEtag(): Promise<string | undefined> {
    return (await readFile(this.#etagFile, 'utf8').catch(() => '')) || undefined;
  }

  async writeEtag(etag: string | undefined): Promise<void> {
    await writeFile(this.#etagFile, etag ?? '');
  }

  /** Leaves it for the next pull. Where another pull left one meanwhile, that one stays. */
  async release(): Promise<void> {
    if (!(await takes(this.#folder, this.#idle))) await this.discard();
  }

  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Unfinished downloads of killed processes. */
export async function abandonedParts(directory: string, name: string): Promise<string[]> {
  const parts: string[] = [];
  for (const found of await readdir(directory).catch(() => []))
    if (found.startsWith(`${name}.part-`) && (await isAbandoned(join(directory, found))))
      parts.push(join(directory, found));
  return parts;
}

async function isAbandoned(folder: string): Promise<boolean> {
  const [, host, pid] = /\.part-(.+)-(\d+)-[0-9a-f]+$/.exec(folder) ?? [];
  if (host === hostname() && !isRunning(Number(pid))) return true;
  const used = await lstat(join(folder, 'model.onnx')).catch(() => lstat(folder).catch(() => undefined));
  return used !== undefined && Date.now() - used.mtimeMs > abandonedMilliseconds;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the rename was ours to do: false where the one is gone or the other is there already. */
async function takes(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code!)) return false;
    throw error;
  }
}
