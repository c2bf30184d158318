import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { TransferRecord } from '../formats/item.ts';
import { readDocument } from '../formats/read-document.ts';
import type { DocumentApart } from './read-document-apart.ts';

/* The thread of `readDocumentApart`: reads one document and sends its records, as many batches ahead of its reader as that one allows. */
const recordsOfBatch = 500;
let allowed = 4;
let proceed = () => {};
parentPort!.on('message', () => {
  allowed++;
  proceed();
});

const send = async (records: readonly TransferRecord[]) => {
  // oxlint-disable-next-line no-unmodified-loop-condition -- the handler above changes it
  while (allowed === 0) await new Promise<void>((resolve) => (proceed = resolve));
  allowed--;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  parentPort!.postMessage(records);
};

const { file, format, path, options } = workerData as DocumentApart;
let batch: TransferRecord[] = [];
for await (const record of readDocument(format, createReadStream(file) as AsyncIterable<Buffer>, path, options)) {
  if (batch.push(record) < recordsOfBatch) continue;
  await send(batch);
  batch = [];
}
await send(batch);
parentPort!.close();
