import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { baseModelFiles } from '#core/base-models/base-model-files.ts';
import {
  endBaseModelUpload,
  findQueuedUpload,
  objectPrefixOf,
  uploadKey,
} from '#core/base-models/base-model-uploads.ts';
import type { Platform } from '#core/platform/platform.ts';
import { adoptFile, AdoptionRefusedError, type AdoptionOptions } from '#engine/index.ts';
import { offerOf } from './base-model-offer.ts';

/**
 * Tries an uploaded model in a process of its own and, where it is one, puts the base model that was made of it into the object store, for
 * all workers. Safe to repeat. @throws the signal's reason, and whatever keeps the store or the database from answering.
 */
export async function adoptUpload(platform: Platform, uploadId: string, signal: AbortSignal): Promise<void> {
  const upload = await findQueuedUpload(platform, uploadId);
  if (!upload) return;
  const folder = join(platform.config.workDirectory, `base-model-${uploadId}`);
  const file = join(folder, 'upload.onnx');
  try {
    await mkdir(folder, { recursive: true });
    const { stream } = await platform.objects.open(uploadKey(uploadId));
    await pipeline(stream, createWriteStream(file));
    const word = { ...upload.word, name: upload.name } as AdoptionOptions;
    await adoptFile(file, folder, word, { signal });
    for (const name of baseModelFiles)
      await platform.objects.put(`${objectPrefixOf(uploadId)}${name}`, await readFile(join(folder, name)));
    await endBaseModelUpload(platform, uploadId, { offer: await offerOf(folder, 'UPLOADED') });
  } catch (error) {
    if (!(error instanceof AdoptionRefusedError)) throw error;
    await endBaseModelUpload(platform, uploadId, { message: error.message });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
