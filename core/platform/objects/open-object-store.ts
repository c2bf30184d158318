import type { Config } from '../config.ts';
import { createFileStore } from './file-store.ts';
import type { ObjectStore } from './object-store.ts';

/** The store that is configured; its client is loaded only where it is needed. */
export async function openObjectStore({
  s3,
  objectsDirectory,
}: Pick<Config, 's3' | 'objectsDirectory'>): Promise<ObjectStore> {
  if (!s3) return createFileStore(objectsDirectory);
  const { createS3Store } = await import('./s3-store.ts');
  return createS3Store(s3);
}

/** Makes the bucket where there is none yet. @throws {ObjectStoreError} that says what to do. */
export async function prepareObjectStore({ s3 }: Pick<Config, 's3'>): Promise<void> {
  if (!s3) return;
  const { ensureBucket } = await import('./s3-store.ts');
  try {
    await ensureBucket(s3);
  } catch (error) {
    throw new ObjectStoreError(s3.endpoint, s3.bucket, error);
  }
}

/** The S3-compatible store that is configured cannot be used. */
export class ObjectStoreError extends Error {
  constructor(endpoint: string, bucket: string, cause: unknown) {
    const { code, message } = cause as { code?: string; message?: string };
    super(
      `The object store at ${endpoint} cannot be used (${code ?? message ?? 'no answer'}). Check EXEMPLAR_S3_ENDPOINT, the keys, and that they may use or make the bucket ${bucket}.`,
      { cause },
    );
    this.name = 'ObjectStoreError';
  }
}
