import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import type { TransferRecord } from '../formats/item.ts';
import { readDocument } from '../formats/read-document.ts';
import type { DocumentApart, DocumentMessage } from './read-document-apart.ts';

/* The process of `readDocumentApart`: reads one document and sends its records, as many batches ahead of its reader as that one allows. */
const recordsOfBatch = 500;
let allowed = 4;
let proceed = () => {};
process.on('disconnect', () => process.exit());

const [{ file, format, path, options }] = (await once(process, 'message')) as [DocumentApart];
process.on('message', () => {
  allowed++;
  proceed();
});

const send = async (message: DocumentMessage) => {
  // oxlint-disable-next-line no-unmodified-loop-condition -- the handler above changes it
  while (allowed === 0) await new Promise<void>((resolve) => (proceed = resolve));
  allowed--;
  process.send!(message);
};

let batch: TransferRecord[] = [];
for await (const record of readDocument(format, createReadStream(file) as AsyncIterable<Buffer>, path, options)) {
  if (batch.push(record) < recordsOfBatch) continue;
  await send(batch);
  batch = [];
}
await send(batch);
await send(null);
