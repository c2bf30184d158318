import { describe } from 'vitest';
import { s3ServerProgram, startS3Server } from '#test/s3-server.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { createS3Store, s3Client } from './s3-store.ts';

describe.skipIf(s3ServerProgram === undefined)(
  'with a real S3 server (skipped: no S3 server, where none is named)',
  () => {
    objectStoreContract('A bucket', async () => {
      const server = await startS3Server();
      const client = s3Client(server.options);
      const { bucket } = server.options;
      const names = async (items: AsyncIterable<unknown>) => {
        const found: string[] = [];
        for await (const item of items as AsyncIterable<{ name?: string; key?: string }>)
          found.push((item.name ?? item.key)!);
        return found;
      };
      return {
        store: createS3Store(server.options),
        contents: async () => [
          ...(await names(client.listObjectsV2(bucket, '', true))),
          ...(await names(client.listIncompleteUploads(bucket, '', true))),
        ],
        empty: async () => {
          await client.removeObjects(bucket, await names(client.listObjectsV2(bucket, '', true)));
          for (const key of await names(client.listIncompleteUploads(bucket, '', true)))
            await client.removeIncompleteUpload(bucket, key);
        },
        close: () => server.close(),
      };
    });
  },
);
