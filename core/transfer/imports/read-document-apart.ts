import { fork } from 'node:child_process';
import { on } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Slots } from '../../platform/slots.ts';
import type { DocumentFormat } from '../formats/detect-document.ts';
import { transferProblem, type TransferRecord } from '../formats/item.ts';
import type { DocumentOptions } from '../formats/read-document.ts';

/** A document on this machine, as the process that reads it is told of it. */
export interface DocumentApart {
  readonly file: string;
  readonly format: DocumentFormat;
  readonly path: string;
  readonly options: DocumentOptions;
}

/** The end is null. */
export type DocumentMessage = readonly TransferRecord[] | null;

const readerPath = fileURLToPath(new URL('./document-reader.ts', import.meta.url));
/** A document of 100 MiB takes a tenth to a half of it. */
const maximumMegabytes = 2048;
/** Each may take that much. */
const slots = new Slots(2);

/**
 * Reads a document in a process of its own, so that parsing it holds nothing up here: a document of 50 MiB takes seconds. A process, not a thread, since
 * one document can be made to take any memory, and V8 ends the whole process with a thread that runs out of it. Records come in batches, of which a few
 * may wait. Ends the process when its reader stops. @throws the signal's reason.
 */
export async function* readDocumentApart(
  document: DocumentApart,
  signal: AbortSignal,
  megabytes = maximumMegabytes,
): AsyncGenerator<TransferRecord, void> {
  const release = await slots.take(signal);
  const child = fork(readerPath, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [`--max-old-space-size=${megabytes}`],
  });
  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-2000)));
  const ended = new Promise<string | Error>((resolve) => {
    child.on('error', resolve);
    child.on('close', (code, killedBy) => resolve(killedBy ?? new Error(`code ${code}: ${stderr}`)));
  });
  try {
    child.send(document, () => {});
    let isWhole = false;
    for await (const [message] of on(child, 'message', { signal, close: ['disconnect'] })) {
      const records = message as DocumentMessage;
      isWhole = records === null;
      if (!records) break;
      yield* records;
      // Several messages may be there at once.
      await setImmediate();
      child.send('more', () => {});
    }
    if (isWhole) return;
    const how = await ended;
    if (how instanceof Error) throw new Error('The process that reads a document has ended.', { cause: how });
    const message = `Reading the document takes more than ${megabytes} MiB of memory; split it.`;
    yield { problem: transferProblem('DOCUMENT_TOO_LARGE', message) };
  } finally {
    child.kill('SIGKILL');
    await ended;
    release();
  }
}
