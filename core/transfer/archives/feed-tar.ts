import type { ReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Extract } from 'tar-stream';
import { refuseExpansion, refuseUnpackedBytes } from './archive-bounds.ts';
import type { ArchiveLimits } from './archive-limits.ts';

const endMarkerBytes = 512;

/**
 * Writes a file into the parser as fast as it takes it, until either ends; a failure destroys the parser and is thrown there. Tells
 * whether the file ended with a block of zeros, as every whole TAR does.
 */
export async function feedTar(
  source: ReadStream,
  gzip: boolean,
  parser: Extract,
  limits: ArchiveLimits,
): Promise<{ readonly hasEndMarker: boolean }> {
  let unpackedBytes = 0;
  let end: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of gzip ? gunzip(source, limits) : (source as AsyncIterable<Buffer>)) {
      unpackedBytes += chunk.length;
      refuseUnpackedBytes(unpackedBytes, limits);
      end = chunk.length < endMarkerBytes ? Buffer.concat([end, chunk]).subarray(-endMarkerBytes) : chunk;
      if (!parser.write(chunk)) await drained(parser);
      if (parser.destroyed) break;
    }
    parser.end(null);
  } catch (error) {
    parser.destroy(error as Error);
  }
  return { hasEndMarker: end.subarray(-endMarkerBytes).every((byte) => byte === 0) };
}

async function* gunzip(source: ReadStream, limits: ArchiveLimits): AsyncGenerator<Buffer, void, undefined> {
  const unzip = createGunzip();
  let unpackedBytes = 0;
  for await (const chunk of pipeline(source, unzip, () => undefined) as AsyncIterable<Buffer>) {
    unpackedBytes += chunk.length;
    refuseExpansion(unpackedBytes, unzip.bytesWritten, limits);
    yield chunk;
  }
}

function drained(parser: Extract): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (parser.destroyed) resolve();
  const done = () => {
    parser.off('drain', done);
    parser.off('close', done);
    resolve();
  };
  parser.on('drain', done);
  parser.on('close', done);
  return promise;
}
