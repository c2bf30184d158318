import { on } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { DocumentFormat } from '../formats/detect-document.ts';
import { transferProblem, type TransferRecord } from '../formats/item.ts';
import type { DocumentOptions } from '../formats/read-document.ts';

/** A document on this machine, as the thread is told of it. */
export interface DocumentApart {
  readonly file: string;
  readonly format: DocumentFormat;
  readonly path: string;
  readonly options: DocumentOptions;
}

/** A document of 100 MiB takes a tenth to a half of it; one that is made to take more ends its thread, not the process. */
const maximumMegabytes = 2048;

/**
 * Reads a document in a thread of its own, so that parsing it holds nothing up here: a document of 50 MiB takes seconds. Records come in batches, of
 * which a few may wait. Ends the thread when its reader stops.
 */
export async function* readDocumentApart(
  document: DocumentApart,
  signal: AbortSignal,
  megabytes = maximumMegabytes,
): AsyncGenerator<TransferRecord, void> {
  const thread = new Worker(new URL('./document-thread.ts', import.meta.url), {
    workerData: document,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  try {
    for await (const [records] of on(thread, 'message', { signal, close: ['exit'] })) {
      yield* records as TransferRecord[];
      // A port gives all of its messages, and those that come meanwhile, in one turn.
      await setImmediate();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
      thread.postMessage('more');
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    const message = `Reading the document takes more than ${megabytes} MiB of memory; split it.`;
    yield { problem: transferProblem('DOCUMENT_TOO_LARGE', message) };
  } finally {
    await thread.terminate();
  }
}
