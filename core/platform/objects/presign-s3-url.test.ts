import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presignS3Url } from './presign-s3-url.ts';
import { s3Client } from './s3-store.ts';

const segment = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,12}$/);
const options = fc.record({
  endpoint: fc.constantFrom('http://store.local:9000', 'https://s3.example.com', 'https://files.example.com:8443'),
  bucket: fc.constantFrom('exemplar', 'with.dots'),
  region: fc.constantFrom('us-east-1', 'eu-de'),
  accessKey: fc.stringMatching(/^[A-Za-z0-9/+=-]{3,20}$/),
  secretKey: fc.string({ minLength: 8, maxLength: 40 }),
  pathStyle: fc.boolean(),
});

describe('a presigned address', () => {
  test('is to the letter that of the minio client, where that one can make it', async () => {
    await fc.assert(
      fc.asyncProperty(
        options,
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
        fc.integer({ min: 1, max: 604_800 }),
        fc.dictionary(fc.constantFrom('content-type', 'content-disposition', 'cache-control'), fc.string()),
        async (store, segments, from, lifetime, answer) => {
          const key = segments.join('/');
          const date = new Date(from * 1000);
          const headers = Object.fromEntries(
            Object.entries(answer).map(([name, value]) => [`response-${name}`, value]),
          );
          const expected = await s3Client(store).presignedUrl('GET', store.bucket, key, lifetime, headers, date);
          expect(partsOf(presignS3Url(store, { verb: 'GET', key, from, lifetime, answer }))).toEqual(partsOf(expected));
          const put = await s3Client(store).presignedUrl('PUT', store.bucket, key, lifetime, {}, date);
          expect(partsOf(presignS3Url(store, { verb: 'PUT', key, from, lifetime }))).toEqual(partsOf(put));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is the same for the same time, and says how many bytes it takes', () => {
    const store = {
      endpoint: 'https://s3.example.com',
      bucket: 'exemplar',
      region: 'us-east-1',
      accessKey: 'access',
      secretKey: 'secret',
      pathStyle: true,
    };
    const request = { verb: 'PUT', key: 'a/b', from: 1_800_000_000, lifetime: 60, contentLength: 5 } as const;
    expect(presignS3Url(store, request)).toBe(presignS3Url(store, request));
    expect(new URL(presignS3Url(store, request)).searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host');
    const signatureOf = (contentLength: number) =>
      new URL(presignS3Url(store, { ...request, contentLength })).searchParams.get('X-Amz-Signature');
    expect(signatureOf(5)).not.toBe(signatureOf(6));
  });
});

/** The parameters in any order: the signature is over the sorted ones. */
function partsOf(address: string): readonly [string, string, ReadonlySet<string>] {
  const [place = '', query = ''] = address.split('?');
  const url = new URL(place);
  return [url.origin, place.slice(url.origin.length), new Set(query.split('&'))];
}
