import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Appends to a file and knows the SHA-256 of all that stands in it. */
export class PartWriter {
  readonly #handle: FileHandle;
  #hash: Hash = createHash('sha256');
  #bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens or makes the file and reads what is there; more than `limitBytes` cannot be a part of it and is cut to nothing. */
  static async open(file: string, limitBytes: number): Promise<PartWriter> {
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
    try {
      const writer = new PartWriter(handle);
      if ((await handle.stat()).size > limitBytes) await handle.truncate(0);
      for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) writer.#count(chunk as Buffer);
      return writer;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  async append(chunk: Buffer): Promise<void> {
    for (let offset = 0; offset < chunk.length;) {
      const { bytesWritten } = await this.#handle.write(chunk, offset, chunk.length - offset, this.#bytes + offset);
      offset += bytesWritten;
    }
    this.#count(chunk);
  }

  /** Forgets all bytes. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = createHash('sha256');
    this.#bytes = 0;
  }

  /** Of the bytes so far. */
  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** After it, the bytes survive a power cut. */
  sync(): Promise<void> {
    return this.#handle.sync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #count(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }
}
