import { resolve } from 'node:path';
import { z } from 'zod';
import { integer, listOf, text } from './environment-values.ts';
import type { S3Options } from './objects/s3-store.ts';
import { holdsOwnObjects, readStorePrefix, writeStorePrefix, type StorePrefix } from './objects/store-prefix.ts';
import { oidcEnvironment, oidcProblems, readOidc, type OidcConfig } from './oidc-config.ts';
import { operationsEnvironment, readOperations, type OperationsConfig } from './operations-config.ts';

const flavorSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name: z.string().min(1).max(64),
  device: z.enum(['CPU', 'CUDA', 'WEBGPU']),
  /** That a machine of the pool should have. */
  memoryGib: z.number().positive().max(65_536).optional(),
  /** So many of its trainings run at a time, however many workers there are; left out = as many as there are workers. */
  maxParallel: z.int().min(1).max(10_000).optional(),
});
/** A pool of workers of one kind; `id` is also the name of its queue. */
export type Flavor = z.infer<typeof flavorSchema>;
/** What workers compute on. */
export type Device = Flavor['device'];

const flavorsFromText = z.preprocess(
  (value, context) => {
    if (value === undefined || value === '') return [{ id: 'cpu', name: 'ExeML (CPU)', device: 'CPU' }];
    try {
      return JSON.parse(value as string) as unknown;
    } catch (error) {
      context.addIssue(`is not JSON: ${(error as Error).message}`);
      return z.NEVER;
    }
  },
  z
    .array(flavorSchema)
    .min(1)
    .superRefine((flavors, context) => {
      for (const id of new Set(flavors.map((flavor) => flavor.id)))
        if (flavors.filter((flavor) => flavor.id === id).length > 1)
          context.addIssue(`the id ${JSON.stringify(id)} occurs twice`);
    }),
);

const environmentSchema = z.object({
  EXEMPLAR_DATA: text(z.string()),
  EXEMPLAR_HOST: text(z.string()),
  EXEMPLAR_PORT: integer(4000, 0, 65_535),
  EXEMPLAR_PUBLIC_URL: text(z.string().regex(/^https?:\/\//, 'must start with http:// or https://')),
  DATABASE_URL: text(z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')),
  DATABASE_LISTEN_URL: text(z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')),
  EXEMPLAR_DATABASE_CONNECTIONS: integer(8, 2, 200),
  EXEMPLAR_LOG_LEVEL: z.preprocess(
    (value) => value || undefined,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
  EXEMPLAR_S3_ENDPOINT: text(
    z.string().regex(/^https?:\/\/[^/?#]+$/, 'must be like https://s3.example.com, without a path'),
  ),
  EXEMPLAR_S3_PUBLIC_ENDPOINT: text(
    z.string().regex(/^https?:\/\/[^/?#]+$/, 'must be like https://s3.example.com, without a path'),
  ),
  EXEMPLAR_S3_BUCKET: text(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket')),
  EXEMPLAR_S3_REGION: text(z.string()),
  EXEMPLAR_S3_ACCESS_KEY: text(z.string()),
  EXEMPLAR_S3_SECRET_KEY: text(z.string()),
  EXEMPLAR_S3_PATH_STYLE: z.preprocess((value) => value || undefined, z.enum(['true', 'false']).default('true')),
  EXEMPLAR_MAX_PROJECTS: integer(100, 1, 1_000_000),
  EXEMPLAR_MAX_IMAGE_BYTES: integer(25 * 1024 * 1024, 1024, 1024 * 1024 * 1024),
  EXEMPLAR_MAX_IMAGE_SIDE: integer(16_384, 16, 65_535),
  EXEMPLAR_MAX_IMAGE_PIXELS: integer(100_000_000, 256, 1_000_000_000),
  EXEMPLAR_MAX_LABEL_LENGTH: integer(64, 1, 1024),
  EXEMPLAR_MAX_BASE_MODEL_BYTES: integer(1_000_000_000, 1024, 10_000_000_000),
  EXEMPLAR_MAX_IMPORT_BYTES: integer(10_000_000_000, 1024, Number.MAX_SAFE_INTEGER),
  EXEMPLAR_IMPORT_ROOT: text(z.string()),
  EXEMPLAR_IMPORT_PREFIXES: listOf(
    z.string().refine((value) => readStorePrefix(value) !== undefined, 'must be like s3://bucket/folder/'),
  ),
  EXEMPLAR_MAX_PREDICTION_BYTES: integer(64 * 1024 * 1024, 1024, 1024 * 1024 * 1024),
  EXEMPLAR_INFERENCE_PROCESSES: integer(1, 1, 64),
  EXEMPLAR_INFERENCE_THREADS: integer(1, 1, 256),
  EXEMPLAR_INFERENCE_QUEUE: integer(256, 1, 100_000),
  EXEMPLAR_INFERENCE_MODEL_BYTES: integer(1_000_000_000, 0, Number.MAX_SAFE_INTEGER),
  EXEMPLAR_DRAIN_SECONDS: integer(0, 0, 10),
  EXEMPLAR_TRASH_DAYS: integer(30, 0, 36_500),
  EXEMPLAR_ACCESS_CHECK_SECONDS: integer(60, 1, 3600),
  EXEMPLAR_PROGRESS_DAYS: integer(7, 0, 36_500),
  EXEMPLAR_EXPORT_DAYS: integer(7, 1, 36_500),
  ...operationsEnvironment,
  ...oidcEnvironment,
  EXEMPLAR_FLAVORS: flavorsFromText,
  EXEMPLAR_WORKER_FLAVOR: text(z.string()),
  EXEMPLAR_WORKER_HEARTBEAT_SECONDS: integer(10, 10, 600),
  EXEMPLAR_BASE_MODEL: text(z.string()),
  EXEMPLAR_CACHE_BYTES: integer(8_000_000_000, 0, Number.MAX_SAFE_INTEGER),
  EXEMPLAR_MODELS: text(z.string()),
  EXEMPLAR_MODELS_MIRROR: text(
    z.string().regex(/^https?:\/\/[^/?#]+[^?#]*$/, 'must start with http:// or https:// and have no query'),
  ),
});

export interface Config {
  /** Folder of file objects, working files and, where embedded, PostgreSQL. */
  readonly dataDirectory: string;
  readonly objectsDirectory: string;
  /** Objects live here instead of in `objectsDirectory`. */
  readonly s3: S3Options | undefined;
  /** The same store as browsers and scripts reach it: uploads and downloads go there directly; undefined = they go through the servers. */
  readonly directStore: S3Options | undefined;
  readonly workDirectory: string;
  /** What trainings keep of decoded pictures and activations; may be deleted at any time. */
  readonly cacheDirectory: string;
  readonly host: string;
  readonly port: number;
  /** What clients reach this installation under; undefined = the address the server listens on. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  /** LISTEN needs a session; set it apart when `DATABASE_URL` points at a transaction pooler. */
  readonly databaseListenUrl: string | undefined;
  readonly databaseConnections: number;
  readonly logLevel: string;
  readonly limits: {
    readonly projects: number;
    readonly imageBytes: number;
    readonly imageSide: number;
    readonly imagePixels: number;
    readonly labelLength: number;
    readonly baseModelBytes: number;
    /** Of an archive or document to import. */
    readonly importBytes: number;
    /** Of the body of one call for predictions, all its pictures together. */
    readonly predictionBytes: number;
  };
  /** Of the processes beside a server in which models answer. */
  readonly inference: {
    readonly processes: number;
    /** Of one run of a model. */
    readonly threads: number;
    /** Pictures that may wait in a server; what comes beyond them is refused for the moment. */
    readonly queue: number;
    /** Model files that one process keeps open, together; those in use stay in any case. */
    readonly modelBytes: number;
  };
  /** How long a server that was told to stop says so at `/ready` and goes on serving, for the proxy to notice. */
  readonly drainSeconds: number;
  /** Below it administrators may import folders of the workers' machine; undefined = none. */
  readonly importRoot: string | undefined;
  /** Folders of buckets of the store below which administrators may import; none unless they are listed. */
  readonly importPrefixes: readonly StorePrefix[];
  /** How long deleted images and labels can be restored. */
  readonly trashDays: number;
  readonly streams: {
    /** How often the token and the access of a running stream are checked again. */
    readonly accessCheckSeconds: number;
    /** How long after its end a training keeps all its progress, and how long a project its events. */
    readonly progressDays: number;
  };
  readonly transfers: {
    /** How long what an export has made can be downloaded. */
    readonly exportDays: number;
  };
  readonly operations: OperationsConfig;
  /** Login through an identity provider; undefined = there is none. */
  readonly oidc: OidcConfig | undefined;
  readonly flavors: readonly Flavor[];
  readonly worker: { readonly flavor: string; readonly heartbeatSeconds: number; readonly cacheBytes: number };
  /** Folder of the base model to train on; undefined = the one that ships. */
  readonly baseModelDirectory: string | undefined;
  readonly models: {
    /** Where `exemplar models` keeps the base models it fetched, one folder each. */
    readonly directory: string;
    /** Takes the place of a model's address up to the file name: `MIRROR/NAME/FILE`; without a slash at the end. */
    readonly mirror: string | undefined;
  };
}

/** All or none. */
const s3Names = [
  'EXEMPLAR_S3_ENDPOINT',
  'EXEMPLAR_S3_BUCKET',
  'EXEMPLAR_S3_ACCESS_KEY',
  'EXEMPLAR_S3_SECRET_KEY',
] as const;

/** The configuration is wrong; the message lists every mistake. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} mistake(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the configuration once from environment variables. @throws {ConfigError} with all mistakes together. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  const problems = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  // Apart, so that it is checked beside other mistakes too.
  const flavors = flavorsFromText.safeParse(environment['EXEMPLAR_FLAVORS']).data;
  const workerFlavor = environment['EXEMPLAR_WORKER_FLAVOR'] || flavors?.[0]!.id;
  if (flavors && !flavors.some((flavor) => flavor.id === workerFlavor))
    problems.push(`EXEMPLAR_WORKER_FLAVOR: ${JSON.stringify(workerFlavor)} is not one of EXEMPLAR_FLAVORS`);
  const s3 = s3Names.filter((name) => environment[name]);
  if (s3.length > 0 && s3.length < s3Names.length)
    problems.push(
      `${s3Names.filter((name) => !environment[name]).join(', ')}: must be set together with ${s3.join(', ')}`,
    );
  if (environment['EXEMPLAR_S3_PUBLIC_ENDPOINT'] && s3.length === 0)
    problems.push(`EXEMPLAR_S3_PUBLIC_ENDPOINT: there is no object store; set ${s3Names.join(', ')} too`);
  const importPrefixes = (parsed.data?.EXEMPLAR_IMPORT_PREFIXES ?? []).map((prefix) => readStorePrefix(prefix)!);
  if (importPrefixes.length > 0 && s3.length === 0)
    problems.push(`EXEMPLAR_IMPORT_PREFIXES: there is no object store; set ${s3Names.join(', ')} too`);
  for (const place of importPrefixes)
    if (place.bucket === environment['EXEMPLAR_S3_BUCKET'] && holdsOwnObjects(place))
      problems.push(
        `EXEMPLAR_IMPORT_PREFIXES: ${writeStorePrefix(place)} holds what this installation keeps itself; name another folder of the bucket`,
      );
  problems.push(...oidcProblems(environment));
  if (!parsed.success || !workerFlavor || problems.length > 0) throw new ConfigError(problems);
  const value = parsed.data;
  const dataDirectory = resolve(value.EXEMPLAR_DATA ?? 'data');
  const store: S3Options | undefined =
    value.EXEMPLAR_S3_ENDPOINT === undefined
      ? undefined
      : {
          endpoint: value.EXEMPLAR_S3_ENDPOINT,
          bucket: value.EXEMPLAR_S3_BUCKET!,
          region: value.EXEMPLAR_S3_REGION ?? 'us-east-1',
          accessKey: value.EXEMPLAR_S3_ACCESS_KEY!,
          secretKey: value.EXEMPLAR_S3_SECRET_KEY!,
          pathStyle: value.EXEMPLAR_S3_PATH_STYLE === 'true',
        };
  const publicEndpoint = value.EXEMPLAR_S3_PUBLIC_ENDPOINT;
  return {
    dataDirectory,
    objectsDirectory: resolve(dataDirectory, 'objects'),
    s3: store,
    directStore: store && publicEndpoint !== undefined ? { ...store, endpoint: publicEndpoint } : undefined,
    workDirectory: resolve(dataDirectory, 'work'),
    cacheDirectory: resolve(dataDirectory, 'cache'),
    host: value.EXEMPLAR_HOST ?? '127.0.0.1',
    port: value.EXEMPLAR_PORT,
    publicUrl: value.EXEMPLAR_PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: value.DATABASE_URL,
    databaseListenUrl: value.DATABASE_LISTEN_URL,
    databaseConnections: value.EXEMPLAR_DATABASE_CONNECTIONS,
    logLevel: value.EXEMPLAR_LOG_LEVEL,
    limits: {
      projects: value.EXEMPLAR_MAX_PROJECTS,
      imageBytes: value.EXEMPLAR_MAX_IMAGE_BYTES,
      imageSide: value.EXEMPLAR_MAX_IMAGE_SIDE,
      imagePixels: value.EXEMPLAR_MAX_IMAGE_PIXELS,
      labelLength: value.EXEMPLAR_MAX_LABEL_LENGTH,
      baseModelBytes: value.EXEMPLAR_MAX_BASE_MODEL_BYTES,
      importBytes: value.EXEMPLAR_MAX_IMPORT_BYTES,
      predictionBytes: value.EXEMPLAR_MAX_PREDICTION_BYTES,
    },
    inference: {
      processes: value.EXEMPLAR_INFERENCE_PROCESSES,
      threads: value.EXEMPLAR_INFERENCE_THREADS,
      queue: value.EXEMPLAR_INFERENCE_QUEUE,
      modelBytes: value.EXEMPLAR_INFERENCE_MODEL_BYTES,
    },
    drainSeconds: value.EXEMPLAR_DRAIN_SECONDS,
    importRoot: value.EXEMPLAR_IMPORT_ROOT === undefined ? undefined : resolve(value.EXEMPLAR_IMPORT_ROOT),
    importPrefixes,
    trashDays: value.EXEMPLAR_TRASH_DAYS,
    streams: {
      accessCheckSeconds: value.EXEMPLAR_ACCESS_CHECK_SECONDS,
      progressDays: value.EXEMPLAR_PROGRESS_DAYS,
    },
    transfers: { exportDays: value.EXEMPLAR_EXPORT_DAYS },
    operations: readOperations(value),
    oidc: readOidc(value),
    flavors: value.EXEMPLAR_FLAVORS,
    worker: {
      flavor: workerFlavor,
      heartbeatSeconds: value.EXEMPLAR_WORKER_HEARTBEAT_SECONDS,
      cacheBytes: value.EXEMPLAR_CACHE_BYTES,
    },
    baseModelDirectory: value.EXEMPLAR_BASE_MODEL,
    models: {
      directory: resolve(value.EXEMPLAR_MODELS ?? resolve(dataDirectory, 'models')),
      mirror: value.EXEMPLAR_MODELS_MIRROR?.replace(/\/+$/, ''),
    },
  };
}
