import type { S3Options } from '#core/platform/objects/s3-store.ts';

/* The keys of the object store travel from worker to trainer in its environment. */

type S3Keys = Pick<S3Options, 'accessKey' | 'secretKey'>;

export const environmentOf = (keys: S3Keys | undefined): Record<string, string> =>
  keys ? { EXEMPLAR_S3_ACCESS_KEY: keys.accessKey, EXEMPLAR_S3_SECRET_KEY: keys.secretKey } : {};

export const s3KeysOf = (environment: Readonly<Record<string, string | undefined>>): S3Keys => ({
  accessKey: environment['EXEMPLAR_S3_ACCESS_KEY']!,
  secretKey: environment['EXEMPLAR_S3_SECRET_KEY']!,
});
