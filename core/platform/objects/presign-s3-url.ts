import { createHash, createHmac } from 'node:crypto';
import { escapeUri } from './escape-uri.ts';
import type { S3Options } from './s3-store.ts';

export interface PresignedRequest {
  readonly verb: 'GET' | 'PUT';
  readonly key: string;
  /** Unix time in seconds from which on the address is good; the same time and life give the same address. */
  readonly from: number;
  /** Seconds; S3 allows seven days. */
  readonly lifetime: number;
  /** Of PUT: bytes of the body, neither more nor fewer. */
  readonly contentLength?: number;
  /** Of GET: headers of the answer, such as content-type. */
  readonly answer?: Readonly<Record<string, string>>;
}

/**
 * The address under which whoever has it may do this one request to the store, and no other: AWS Signature Version 4 by query string
 * (docs: "Authenticating Requests: Using Query Parameters"). Signed by hand because the client of `minio` leaves the content-length, which bounds what
 * an upload may bring, out of what it signs; for all else the two agree to the letter. Touches no network.
 */
export function presignS3Url(options: S3Options, request: PresignedRequest): string {
  const { endpoint, bucket, region, accessKey, secretKey, pathStyle } = options;
  const { verb, key, from, lifetime, contentLength, answer = {} } = request;
  const url = new URL(endpoint);
  // As the client does: a certificate for *.host does not cover a bucket with dots.
  const isInPath = pathStyle || (url.protocol === 'https:' && bucket.includes('.'));
  const host = isInPath ? url.host : `${bucket}.${url.host}`;
  const path = `${isInPath ? `/${bucket}` : ''}/${key.split('/').map(escapeUri).join('/')}`;
  const instant = new Date(from * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${instant.slice(0, 8)}/${region}/s3/aws4_request`;
  const signedHeaders = contentLength === undefined ? 'host' : 'content-length;host';
  const query = [
    ...Object.entries(answer).map(([name, value]) => [`response-${name}`, value] as const),
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'] as const,
    ['X-Amz-Credential', `${accessKey}/${scope}`] as const,
    ['X-Amz-Date', instant] as const,
    ['X-Amz-Expires', String(lifetime)] as const,
    ['X-Amz-SignedHeaders', signedHeaders] as const,
  ]
    .map(([name, value]) => `${name}=${escapeUri(value)}`)
    .sort()
    .join('&');
  const headers = contentLength === undefined ? '' : `content-length:${contentLength}\n`;
  const canonical = [verb, path, query, `${headers}host:${host}\n`, signedHeaders, 'UNSIGNED-PAYLOAD'].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signingKey = [instant.slice(0, 8), region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretKey}`,
  );
  const signature = createHmac('sha256', signingKey)
    .update(['AWS4-HMAC-SHA256', instant, scope, digest].join('\n'))
    .digest('hex');
  return `${url.protocol}//${host}${path}?${query}&X-Amz-Signature=${signature}`;
}
