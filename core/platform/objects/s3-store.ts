import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { releaseBytes } from '#engine/pictures/index.ts';
import { Client, S3Error } from 'minio';
import { listBucket } from './list-bucket.ts';
import { severalAtOnce } from './several-at-once.ts';
import { checkKey, checkPrefix } from './object-key.ts';
import {
  ObjectMissingError,
  ObjectTooLargeError,
  type ByteRange,
  type ObjectStore,
  type PutStreamOptions,
} from './object-store.ts';

/** Where an S3-compatible store is and how to talk to it. */
export interface S3Options {
  /** Such as https://s3.example.com or http://127.0.0.1:9000. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The bucket is in the path of addresses instead of the host name: what most stores but Amazon's want. */
  readonly pathStyle: boolean;
}

/** The smallest that S3 allows for a part is 5 MiB; 10,000 of these are 80 GiB. This much of a stream is in memory at a time. */
const partBytes = 8 * 1024 * 1024;
/** Requests of one `putMany` at a time. */
const concurrency = 16;
/** The most that S3 deletes in one call. */
const deletedAtOnce = 1000;

export const s3Client = ({ endpoint, region, accessKey, secretKey, pathStyle }: S3Options): Client => {
  const { protocol, hostname, port } = new URL(endpoint);
  const useSSL = protocol === 'https:';
  return new Client({
    endPoint: hostname,
    port: port === '' ? (useSSL ? 443 : 80) : Number(port),
    useSSL,
    region,
    accessKey,
    secretKey,
    pathStyle,
  });
};

/** Objects in a bucket of an S3-compatible store. An object is there, whole, or not at all: so S3 promises for each request. */
export function createS3Store(options: S3Options): ObjectStore {
  const client = s3Client(options);
  const { bucket } = options;

  const put = async (key: string, { buffer, byteOffset, byteLength }: Uint8Array) => {
    await client.putObject(bucket, checkKey(key), Buffer.from(buffer, byteOffset, byteLength));
  };

  const putParts = async (
    key: string,
    chunks: AsyncIterable<Buffer>,
    maximumBytes: number,
    { release = false }: PutStreamOptions = {},
  ): Promise<number> => {
    let upload: { id: string; parts: { part: number; etag: string }[] } | undefined;
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    let bytes = 0;
    const takeWaiting = (): Buffer => {
      const part = Buffer.concat(waiting, waitingBytes);
      if (release) for (const chunk of waiting) releaseBytes(chunk);
      waiting = [];
      waitingBytes = 0;
      return part;
    };
    const sendPart = async () => {
      upload ??= { id: await client.initiateNewMultipartUpload(bucket, key, {}), parts: [] };
      const partNumber = upload.parts.length + 1;
      const payload = takeWaiting();
      // The client has the store check all but parts that it sends encrypted.
      const headers = { 'Content-MD5': createHash('md5').update(payload).digest('base64') };
      const part = { bucketName: bucket, objectName: key, uploadID: upload.id, partNumber, headers };
      upload.parts.push({ part: partNumber, etag: (await client.uploadPart(part, payload)).etag });
    };
    try {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength;
        if (bytes > maximumBytes) throw new ObjectTooLargeError(maximumBytes);
        waiting.push(chunk);
        waitingBytes += chunk.byteLength;
        if (waitingBytes >= partBytes) await sendPart();
      }
      if (!upload) {
        await client.putObject(bucket, key, takeWaiting());
        return bytes;
      }
      if (waitingBytes > 0) await sendPart();
      await client.completeMultipartUpload(bucket, key, upload.id, upload.parts);
      return bytes;
    } catch (error) {
      // What cannot be aborted now, a lifecycle rule of the bucket takes away.
      if (upload) await client.abortMultipartUpload(bucket, key, upload.id).catch(() => {});
      throw error;
    }
  };

  const deleteKeys = async (keys: readonly string[]) => {
    if (keys.length === 0) return;
    const [failure] = (await client.removeObjects(bucket, [...keys])).filter((result) => result?.Error);
    if (failure) throw new Error(`The object store did not delete an object: ${JSON.stringify(failure)}`);
  };

  return {
    put,
    putMany: (objects) => severalAtOnce(concurrency, objects, ({ key, bytes }) => put(key, bytes)),
    localPath: (key) => {
      checkKey(key);
      return undefined;
    },
    // Async, so that a wrong key is a rejection as elsewhere.
    putStream: async (key, source: Readable, maximumBytes, options) =>
      putParts(checkKey(key), source, maximumBytes, options),
    get: async (key) => {
      const stream = await open(client, bucket, checkKey(key));
      return Buffer.concat(await stream.toArray());
    },
    open: async (key, range) => {
      const stream = await open(client, bucket, checkKey(key), range);
      const bytes = Number(stream.headers['content-length']);
      // A range that ends behind the object is answered with what there is of it.
      if (range && bytes !== range.end - range.start + 1) {
        stream.destroy();
        throw new RangeError(`The object ${key} ends before byte ${range.end}.`);
      }
      return { stream, bytes };
    },
    size: async (key) => {
      try {
        return (await client.statObject(bucket, checkKey(key))).size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    delete: async (key) => {
      await client.removeObject(bucket, checkKey(key)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
    deleteAll: async (prefix) => {
      let keys: string[] = [];
      for await (const { key } of listBucket(client, bucket, checkPrefix(prefix))) {
        keys.push(key);
        if (keys.length < deletedAtOnce) continue;
        await deleteKeys(keys);
        keys = [];
      }
      await deleteKeys(keys);
    },
  };
}

type Response = Readable & { readonly headers: Readonly<Record<string, string>> };

async function open(client: Client, bucket: string, key: string, range?: ByteRange): Promise<Response> {
  try {
    const stream = range
      ? await client.getPartialObject(bucket, key, range.start, range.end - range.start + 1)
      : await client.getObject(bucket, key);
    // The type leaves out that it is the response itself.
    return stream as Response;
  } catch (error) {
    if (error instanceof S3Error && error.code === 'InvalidRange')
      throw new RangeError(`The object ${key} has no bytes from ${range?.start} on.`);
    throw isMissing(error) ? new ObjectMissingError(key) : error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof S3Error && (error.code === 'NoSuchKey' || error.code === 'NotFound');

/** Makes the bucket unless it is there. @throws when the store does not answer or does not let us. */
export async function ensureBucket(options: S3Options): Promise<void> {
  const client = s3Client(options);
  if (await client.bucketExists(options.bucket)) return;
  await client.makeBucket(options.bucket, options.region).catch((error: unknown) => {
    // Another server was faster.
    if (!(error instanceof S3Error && error.code === 'BucketAlreadyOwnedByYou')) throw error;
  });
}
