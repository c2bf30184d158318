import type { Image } from '../areas/images.ts';
import type { UserError } from '../areas/user-error.ts';
import { batches } from '../batches.ts';
import { abortable } from '../connection/abortable.ts';
import type { CallOptions } from '../connection/call-options.ts';
import type { Connection } from '../connection/connection.ts';
import { ExemplarError } from '../connection/errors.ts';
import type { CreateImageUploadsMutation, UploadOutcome } from '../generated/graphql.ts';
import { orThrow } from '../result.ts';
import type { UploadSource } from './blob-of.ts';
import { completeUploadsDocument, createUploadsDocument } from './documents.ts';
import { forEachOf } from './for-each-of.ts';
import { describeFile, openFile } from './open-file.ts';
import { putBlob } from './put-blob.ts';
import { sha256Of } from './sha256-of.ts';

/** A picture to upload: its source alone, or with what is to be known of it. */
export type UploadFile =
  | UploadSource
  | {
      readonly source: UploadSource;
      /** Default: that of the path or `File`. */
      readonly fileName?: string | undefined;
      /** Such as a camera or a patient: images of one group stand on one side of the split. */
      readonly group?: string | undefined;
    };

export interface UploadProgress {
  /** Files of which the result is known. */
  readonly files: number;
  /** Of these, the ones that did not become an image. */
  readonly refused: number;
  /** Bytes sent. */
  readonly bytes: number;
}

export interface UploadOptions extends CallOptions {
  /** Files sent at a time; default 6. */
  readonly concurrency?: number | undefined;
  /** Files announced and completed in one call, 1 to 100; default 100. */
  readonly batchSize?: number | undefined;
  /** Called after each file that was sent and after each batch. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** What became of a file. */
export type UploadResult =
  | {
      readonly __typename: 'UploadedImage';
      readonly fileName: string;
      /** New, or there already with the very same bytes. */
      readonly outcome: UploadOutcome;
      readonly image: Image;
    }
  /** The server does not want it. */
  | { readonly __typename: 'UploadRefused'; readonly fileName: string; readonly error: UserError }
  /** It could not be read, or not be sent after all tries. */
  | { readonly __typename: 'UploadFailed'; readonly fileName: string; readonly error: ExemplarError };

type Announced = Extract<
  CreateImageUploadsMutation['createImageUploads'],
  { readonly __typename: 'CreateImageUploadsPayload' }
>['results'][number];

interface Item {
  readonly fileName: string;
  readonly blob: Blob;
  readonly sha256: string | undefined;
  readonly group: string | undefined;
}

/** One upload of any number of files: announce, send, complete, batch by batch, in flat memory. */
export class UploadRun {
  readonly #connection: Connection;
  readonly #projectId: string;
  readonly #options: UploadOptions;
  #files = 0;
  #refused = 0;
  #bytes = 0;

  constructor(connection: Connection, projectId: string, options: UploadOptions = {}) {
    this.#connection = connection;
    this.#projectId = projectId;
    this.#options = options;
  }

  results(files: Iterable<UploadFile> | AsyncIterable<UploadFile>): AsyncIterableIterator<UploadResult> {
    return abortable((signal) => this.#run(files, signal), this.#connection.signalFor(this.#options.signal));
  }

  /** While the server turns one batch into images the next one is sent. */
  async *#run(
    files: Iterable<UploadFile> | AsyncIterable<UploadFile>,
    signal: AbortSignal,
  ): AsyncGenerator<UploadResult, void> {
    let completing: Promise<UploadResult[]> | undefined;
    for await (const batch of batches(files, this.#options.batchSize ?? 100)) {
      const sent = await this.#send(batch, signal);
      if (completing) yield* await completing;
      completing = this.#complete(sent, signal);
      // Thrown where it is awaited.
      completing.catch(() => {});
    }
    if (completing) yield* await completing;
  }

  /** Reads, announces and sends a batch: for each file the id of its upload, or its result already. */
  async #send(batch: readonly UploadFile[], signal: AbortSignal): Promise<(UploadResult | Sent)[]> {
    const { concurrency = 6 } = this.#options;
    const items: (Item | UploadResult)[] = [];
    await forEachOf(batch, concurrency, async (file, index) => {
      signal.throwIfAborted();
      items[index] = await readItem(file);
    });
    const readable = items.filter((item): item is Item => 'blob' in item);
    const announced = readable.length > 0 ? (await this.#announce(readable, signal)).values() : [].values();
    const pairs = items.map((item) => ('blob' in item ? { item, announced: announced.next().value! } : item));
    const sent: (UploadResult | Sent)[] = [];
    await forEachOf(pairs, concurrency, async (pair, index) => {
      sent[index] = 'item' in pair ? await this.#sendOne(pair.item, pair.announced, signal) : pair;
    });
    return sent;
  }

  async #announce(items: readonly Item[], signal: AbortSignal): Promise<readonly Announced[]> {
    const files = items.map(({ fileName, blob, sha256, group }) => ({ fileName, byteSize: blob.size, sha256, group }));
    const { createImageUploads } = await this.#connection.request(
      createUploadsDocument,
      { input: { projectId: this.#projectId, files } },
      // Announced twice is harmless: what is never sent expires.
      { signal, repeatable: true },
    );
    return (await orThrow(createImageUploads)).results;
  }

  async #sendOne({ fileName, blob }: Item, announced: Announced, signal: AbortSignal): Promise<UploadResult | Sent> {
    if (announced.__typename === 'UploadRefused') return { ...announced, fileName };
    try {
      await putBlob(this.#connection, announced.uploadUrl, blob, announced.headers, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExemplarError)) throw error;
      return { __typename: 'UploadFailed', fileName, error };
    }
    this.#bytes += blob.size;
    this.#report();
    return { fileName, uploadId: announced.id };
  }

  async #complete(sent: readonly (UploadResult | Sent)[], signal: AbortSignal): Promise<UploadResult[]> {
    const uploadIds = sent.flatMap((one) => ('uploadId' in one ? [one.uploadId] : []));
    const completed = uploadIds.length > 0 ? await this.#completeAll(uploadIds, signal) : new Map<string, never>();
    const results = sent.map((one): UploadResult => {
      if (!('uploadId' in one)) return one;
      const result = completed.get(one.uploadId)!;
      if (result.__typename === 'ImageUploadRefused')
        return { __typename: 'UploadRefused', fileName: one.fileName, error: result.error };
      return { __typename: 'UploadedImage', fileName: one.fileName, outcome: result.outcome, image: result.image };
    });
    this.#files += results.length;
    this.#refused += results.filter(({ __typename }) => __typename !== 'UploadedImage').length;
    this.#report();
    return results;
  }

  async #completeAll(uploadIds: readonly string[], signal: AbortSignal) {
    const { completeImageUploads } = await this.#connection.request(
      completeUploadsDocument,
      { uploadIds },
      { signal, repeatable: true },
    );
    const { results } = await orThrow(completeImageUploads);
    return new Map(results.map((result) => [result.uploadId, result]));
  }

  #report(): void {
    this.#options.onProgress?.({ files: this.#files, refused: this.#refused, bytes: this.#bytes });
  }
}

interface Sent {
  readonly fileName: string;
  readonly uploadId: string;
}

async function readItem(file: UploadFile): Promise<Item | UploadResult> {
  const { source, fileName: given, group } = describeFile(file);
  let fileName = given ?? 'image';
  try {
    const named = await openFile(file);
    fileName = named.fileName ?? fileName;
    return { fileName, blob: named.blob, sha256: await sha256Of(named.blob), group };
  } catch (error) {
    if (typeof source === 'string') fileName = given ?? source;
    const message = error instanceof Error ? error.message : String(error);
    return {
      __typename: 'UploadFailed',
      fileName,
      error:
        error instanceof ExemplarError
          ? error
          : new ExemplarError(`${fileName} cannot be read: ${message}`, { cause: error }),
    };
  }
}
