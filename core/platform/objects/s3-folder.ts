import type { Readable } from 'node:stream';
import { S3Error } from 'minio';
import { listBucket, type ListedObject } from './list-bucket.ts';
import { s3Client, type S3Options } from './s3-store.ts';
import { StorePrefixError, writeStorePrefix, type StorePrefix } from './store-prefix.ts';

/** What others have put into a bucket of the store, under any names: to be read only. */
export interface S3Folder {
  /** In the order of the keys as bytes of UTF-8. @throws {StorePrefixError} */
  list(): AsyncIterable<ListedObject>;
  /** @throws {StorePrefixError} when the object is gone or must not be read. */
  open(key: string): Promise<Readable>;
}

export function openS3Folder(options: S3Options, place: StorePrefix): S3Folder {
  const client = s3Client(options);
  const { bucket, prefix } = place;
  return {
    list: async function* () {
      try {
        yield* listBucket(client, bucket, prefix);
      } catch (error) {
        throw error instanceof S3Error ? new StorePrefixError(writeStorePrefix(place), String(error.code)) : error;
      }
    },
    open: async (key) => {
      try {
        return await client.getObject(bucket, key);
      } catch (error) {
        throw error instanceof S3Error ? new StorePrefixError(`s3://${bucket}/${key}`, String(error.code)) : error;
      }
    },
  };
}
