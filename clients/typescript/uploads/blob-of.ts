import { ExemplarError } from '../connection/errors.ts';

/** A picture's bytes: a path or `file:` URL (Node, Bun), a `File` or `Blob`, bytes (`Buffer`), or a stream, which is read into memory. */
export type UploadSource =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

export interface NamedBlob {
  readonly blob: Blob;
  /** Where the source has one. */
  readonly fileName: string | undefined;
}

/** Bytes that can be read more than once, so that they can be sent again. A file is not read before they are sent. */
export async function blobOf(source: UploadSource): Promise<NamedBlob> {
  if (typeof source === 'string' || source instanceof URL) return openFile(source);
  if (source instanceof Blob)
    return { blob: source, fileName: 'name' in source && typeof source.name === 'string' ? source.name : undefined };
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source))
    return { blob: new Blob([source as ArrayBufferView<ArrayBuffer>]), fileName: undefined };
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of source as AsyncIterable<Uint8Array>) chunks.push(new Uint8Array(chunk));
  return { blob: new Blob(chunks), fileName: undefined };
}

interface FileSystem {
  openAsBlob(path: string | URL): Promise<Blob>;
}

/** Asked for at run time, so that bundles for browsers hold no trace of Node. */
function fileSystem(): FileSystem | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (id: string) => unknown };
  };
  return process?.getBuiltinModule?.('node:fs') as FileSystem | undefined;
}

async function openFile(path: string | URL): Promise<NamedBlob> {
  const fileName = decodeURIComponent(String(path)).split(/[\\/]/).pop();
  const fs = fileSystem();
  if (!fs)
    throw new ExemplarError(`Paths such as ${String(path)} can be opened in Node and Bun only; pass a File here.`);
  try {
    return { blob: await fs.openAsBlob(path), fileName };
  } catch (error) {
    throw new ExemplarError(`${String(path)} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}
