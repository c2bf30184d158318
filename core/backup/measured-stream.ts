import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/** What some bytes are. */
export interface Measured {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Passes bytes on and knows in the end what they were. */
export class MeasuredStream extends Transform {
  #bytes = 0;
  readonly #hash = createHash('sha256');
  #measured: Measured | undefined;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.byteLength;
    this.#hash.update(chunk);
    done(null, chunk);
  }

  /** Once all have passed. */
  get measured(): Measured {
    return (this.#measured ??= { bytes: this.#bytes, sha256: this.#hash.digest('hex') });
  }
}

/** Reads to the end. */
export async function measure(source: AsyncIterable<Uint8Array>): Promise<Measured> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}
