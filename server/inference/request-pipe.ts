import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { z } from 'zod';
import type { InferenceRequest } from './inference-protocol.ts';

/*
 * Requests go to a process for inference over a pipe of their own: the channel of `fork` copies every picture on both sides, and what it leaves
 * makes V8 mark the whole heap twice a second under load, which stops the server's event loop for 10 to 20 ms. Each request is
 *
 *     uint32 LE  bytes of the header
 *     uint32 LE  bytes of the picture, 0 without one
 *     header     JSON
 *     picture    as it came
 */
const lengthsBytes = 8;
const readBytes = 65_536;
const headerSchema = z.object({ id: z.number(), modelKey: z.string(), isNormalised: z.boolean().optional() });

/** The picture is read until the request is answered or the pipe destroyed. */
export function writeRequest(pipe: Writable, { id, modelKey, picture }: InferenceRequest): void {
  const header = Buffer.from(JSON.stringify({ id, modelKey, isNormalised: picture?.isNormalised }));
  const lengths = Buffer.alloc(lengthsBytes);
  lengths.writeUInt32LE(header.byteLength, 0);
  lengths.writeUInt32LE(picture?.bytes.byteLength ?? 0, 4);
  pipe.cork();
  pipe.write(lengths);
  pipe.write(header);
  if (picture) pipe.write(picture.bytes);
  pipe.uncork();
}

/** Tells every request that comes over the open file. */
export function readRequests(fd: number, onRequest: (request: InferenceRequest) => void): void {
  const reader = new RequestReader(onRequest);
  const pipe = new Socket({
    fd,
    readable: true,
    writable: false,
    onread: {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (count, buffer) => {
        reader.read(buffer.subarray(0, count));
        return true;
      },
    },
  });
  // The other side has ended, which the channel of `fork` tells as well.
  pipe.on('error', () => {});
}

/** Puts requests together from pieces of any size. */
export class RequestReader {
  readonly #onRequest: (request: InferenceRequest) => void;
  #part: 'lengths' | 'header' | 'picture' = 'lengths';
  #into: Buffer = Buffer.alloc(lengthsBytes);
  #filled = 0;
  #pictureBytes = 0;
  #header: z.infer<typeof headerSchema> | undefined;

  constructor(onRequest: (request: InferenceRequest) => void) {
    this.#onRequest = onRequest;
  }

  /** @param piece whose memory may be used for something else afterwards. */
  read(piece: Uint8Array): void {
    for (let from = 0; from < piece.byteLength;) {
      const taken = piece.subarray(from, from + this.#into.byteLength - this.#filled);
      this.#into.set(taken, this.#filled);
      this.#filled += taken.byteLength;
      from += taken.byteLength;
      if (this.#filled === this.#into.byteLength) this.#next(this.#into);
    }
  }

  #next(whole: Buffer): void {
    switch (this.#part) {
      case 'lengths':
        this.#pictureBytes = whole.readUInt32LE(4);
        return this.#expect('header', whole.readUInt32LE(0));
      case 'header':
        this.#header = headerSchema.parse(JSON.parse(whole.toString('utf8')));
        return this.#pictureBytes > 0 ? this.#expect('picture', this.#pictureBytes) : this.#tell();
      case 'picture':
        return this.#tell(whole);
    }
  }

  #expect(part: 'lengths' | 'header' | 'picture', bytes: number): void {
    this.#part = part;
    this.#filled = 0;
    this.#into = Buffer.allocUnsafeSlow(bytes);
  }

  #tell(bytes?: Buffer): void {
    const { id, modelKey, isNormalised = false } = this.#header!;
    this.#expect('lengths', lengthsBytes);
    this.#onRequest({ id, modelKey, ...(bytes && { picture: { bytes, isNormalised } }) });
  }
}
