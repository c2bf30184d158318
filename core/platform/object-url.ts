import { downloadHeaders } from './download-headers.ts';
import { presignS3Url } from './objects/presign-s3-url.ts';
import type { Platform } from './platform.ts';
import { signGrant } from './signed-url.ts';

/** Unix times in seconds between which an address is good. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

export function nextSeconds(seconds: number): Period {
  const from = Math.floor(Date.now() / 1000);
  return { from, until: from + seconds };
}

/** Of a presigned address, which is good a minute early: a store whose clock is behind would refuse it. */
const lifeOf = ({ from, until }: Period) => ({ from: from - 60, lifetime: until - from + 60 });

type Addresses = Pick<Platform, 'config' | 'publicUrl' | 'signingSecret'>;

/** A signed address of an object, good for an hour unless said otherwise: at the store itself where browsers may reach it, else at this server. */
export function objectUrl(
  { config, publicUrl, signingSecret }: Addresses,
  key: string,
  period = nextSeconds(3600),
): string {
  if (config.directStore)
    return presignS3Url(config.directStore, {
      verb: 'GET',
      key,
      ...lifeOf(period),
      answer: downloadHeaders(key),
    });
  return `${publicUrl}/objects/${key}?${signGrant(signingSecret, { verb: 'GET', subject: key, expires: period.until })}`;
}

/** The most that S3 takes in one request; larger files come through a server, which sends them in parts. */
const mostDirectBytes = 5 * 1024 ** 3;

/** A signed address of the store that takes exactly so many bytes for the key; undefined where uploads go through a server. */
export function directUploadUrl(
  { config }: Pick<Platform, 'config'>,
  key: string,
  contentLength: number,
  period: Period,
): string | undefined {
  if (!config.directStore || contentLength > mostDirectBytes) return undefined;
  return presignS3Url(config.directStore, { verb: 'PUT', key, ...lifeOf(period), contentLength });
}
