import { z } from 'zod';
import type { S3Options } from './s3-store.ts';

/* An object store as a child process is told of it: the place in its settings, which may be written to a file, the keys in its environment. */

export const s3PlaceSchema = z.object({
  endpoint: z.string(),
  bucket: z.string(),
  region: z.string(),
  pathStyle: z.boolean(),
});
type S3Place = z.infer<typeof s3PlaceSchema>;
type S3Keys = Omit<S3Options, keyof S3Place>;

export const s3PlaceOf = (s3: S3Options | undefined): S3Place | null =>
  s3 ? { endpoint: s3.endpoint, bucket: s3.bucket, region: s3.region, pathStyle: s3.pathStyle } : null;

export const environmentOf = (keys: S3Keys | undefined): Record<string, string> =>
  keys ? { EXEMPLAR_S3_ACCESS_KEY: keys.accessKey, EXEMPLAR_S3_SECRET_KEY: keys.secretKey } : {};

export const s3KeysOf = (environment: Readonly<Record<string, string | undefined>>): S3Keys => ({
  accessKey: environment['EXEMPLAR_S3_ACCESS_KEY']!,
  secretKey: environment['EXEMPLAR_S3_SECRET_KEY']!,
});
