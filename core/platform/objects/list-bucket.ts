import type { Client } from 'minio';
import { text } from 'node:stream/consumers';
import { escapeUri } from './escape-uri.ts';

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
}

/**
 * All objects whose key starts with the prefix, in the order of S3, that of keys as bytes of UTF-8; 1,000 are asked for at a time (ListObjectsV2). Not
 * by the client's own listing, which takes every name for percent-encoded: versitygw sends them as they are, and says so.
 */
export async function* listBucket(client: Client, bucket: string, prefix: string): AsyncGenerator<ListedObject, void> {
  for (let token: string | undefined; ;) {
    // In this order, as they are signed.
    const query = [
      ...(token === undefined ? [] : [`continuation-token=${escapeUri(token)}`]),
      'encoding-type=url',
      'list-type=2',
      `prefix=${escapeUri(prefix)}`,
    ].join('&');
    const page = await text(await client.makeRequestAsync({ method: 'GET', bucketName: bucket, query }));
    const isEncoded = valueOf(page, 'EncodingType') === 'url';
    for (const [, contents = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = valueOf(contents, 'Key')!;
      yield {
        key: isEncoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
        bytes: Number(valueOf(contents, 'Size')),
      };
    }
    if (valueOf(page, 'IsTruncated') !== 'true') return;
    token = valueOf(page, 'NextContinuationToken');
    if (token === undefined) throw new Error('The object store says that there is more, and not how to ask for it.');
  }
}

/** The text of the first element of this name, which has no elements inside. */
function valueOf(xml: string, name: string): string | undefined {
  const [, value] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return value?.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, named?: string) =>
      named === undefined
        ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
        : (entities[named] ?? whole),
  );
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
