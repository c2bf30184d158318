import { pipeline, Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import type { Measured } from './measured-stream.ts';

/** An object as a backup has it. */
export interface IndexedObject extends Measured {
  /** What promises it, see promised-objects.ts. */
  readonly kind: string;
  readonly key: string;
}

export const objectIndexFile = 'objects.ndjson.gz';

/** What the source gives, compressed; its failure becomes that of the result. */
export function compressed(source: Readable): Readable {
  // Beyond it the processor costs more than the room that is saved.
  return pipeline(source, createGzip({ level: 3 }), () => {});
}

export const decompressed = (source: Readable): Readable => pipeline(source, createGunzip(), () => {});

/** JSON, one object a line, compressed: any number of them in little memory. */
export function writeLines(items: AsyncIterable<object>): Readable {
  const text = async function* () {
    for await (const item of items) yield `${JSON.stringify(item)}\n`;
  };
  return compressed(Readable.from(text(), { objectMode: false }));
}

export async function* readLines<T>(source: Readable): AsyncGenerator<T, void> {
  let rest = '';
  for await (const chunk of decompressed(source).setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as T;
  }
}
