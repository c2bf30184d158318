import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Turns } from '../../platform/turns.ts';
import { headBytes, isDocumentPath } from '../formats/detect-format.ts';
import type { ImportFiles } from './import-files.ts';

/** Everything that there is to import, before a picture is opened. */
export interface Listing {
  readonly paths: readonly string[];
  /** Copies of documents and of texts beside pictures, on this machine, by path. */
  readonly copies: ReadonlyMap<string, string>;
  /** False when it was broken off by its deadline. */
  readonly isComplete: boolean;
}

/** Texts beside pictures are lists of labels; what is longer is none. */
const maximumTextBytes = 1024 * 1024;
const maximumDocumentBytes = 5e9;

/**
 * Reads what the files are called and copies the documents of labels among them, since the files of a TAR come only once. Texts are copied
 * where they may be labels.
 * @param deadline of `performance.now()`: then the listing is broken off.
 */
export async function readListing(
  files: ImportFiles,
  folder: string,
  options: { readonly signal: AbortSignal; readonly deadline?: number; readonly onProgress?: (done: number) => void },
): Promise<Listing> {
  const paths: string[] = [];
  const copies = new Map<string, string>();
  const turns = new Turns();
  for await (const entry of files.entries()) {
    if (turns.isOver) await turns.next();
    options.signal.throwIfAborted();
    if (performance.now() > (options.deadline ?? Infinity)) return { paths, copies, isComplete: false };
    if ('reason' in entry) continue;
    paths.push(entry.path);
    if (paths.length % 100 === 0) options.onProgress?.(paths.length);
    const isText = /\.txt$/i.test(entry.path) && entry.size <= maximumTextBytes;
    if (!isText && !(isDocumentPath(entry.path) && entry.size <= maximumDocumentBytes)) continue;
    const copy = join(folder, `document-${paths.length}`);
    await pipeline(entry.open(), createWriteStream(copy), { signal: options.signal });
    copies.set(entry.path, copy);
  }
  return { paths, copies, isComplete: true };
}

/** The first bytes of a copied document, enough to tell its format. */
export async function headOf({ copies }: Listing, path: string): Promise<Uint8Array> {
  const copy = copies.get(path);
  if (copy === undefined) return new Uint8Array();
  const file = await open(copy);
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
