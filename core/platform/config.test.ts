import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, type Config } from './config.ts';

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error(`accepted ${JSON.stringify(environment)}`);
}

const megabyte = 1024 * 1024;
const integers: Record<string, { fallback: number; least: number; most: number; read: (config: Config) => number }> = {
  EXEMPLAR_PORT: { fallback: 4000, least: 0, most: 65_535, read: ({ port }) => port },
  EXEMPLAR_DATABASE_CONNECTIONS: { fallback: 8, least: 2, most: 200, read: (config) => config.databaseConnections },
  EXEMPLAR_MAX_PROJECTS: { fallback: 100, least: 1, most: 1e6, read: ({ limits }) => limits.projects },
  EXEMPLAR_MAX_IMAGE_BYTES: {
    fallback: 25 * megabyte,
    least: 1024,
    most: 1024 * megabyte,
    read: ({ limits }) => limits.imageBytes,
  },
  EXEMPLAR_MAX_IMAGE_SIDE: { fallback: 16_384, least: 16, most: 65_535, read: ({ limits }) => limits.imageSide },
  EXEMPLAR_MAX_IMAGE_PIXELS: { fallback: 1e8, least: 256, most: 1e9, read: ({ limits }) => limits.imagePixels },
  EXEMPLAR_MAX_LABEL_LENGTH: { fallback: 64, least: 1, most: 1024, read: ({ limits }) => limits.labelLength },
  EXEMPLAR_EXPORT_DAYS: { fallback: 7, least: 1, most: 36_500, read: ({ transfers }) => transfers.exportDays },
  EXEMPLAR_REQUEST_SECONDS: { fallback: 30, least: 1, most: 3600, read: ({ operations }) => operations.requestSeconds },
  EXEMPLAR_KEEP_ALIVE_SECONDS: {
    fallback: 150,
    least: 1,
    most: 3600,
    read: ({ operations }) => operations.keepAliveSeconds,
  },
  EXEMPLAR_RATE_REQUESTS: {
    fallback: 30_000,
    least: 0,
    most: 1e9,
    read: (config) => config.operations.rateLimits.requests,
  },
  EXEMPLAR_WEBHOOK_RETRIES: { fallback: 12, least: 0, most: 16, read: (config) => config.operations.webhooks.retries },
  EXEMPLAR_WEBHOOK_RETRY_SECONDS: {
    fallback: 5,
    least: 1,
    most: 3600,
    read: (config) => config.operations.webhooks.retrySeconds,
  },
  EXEMPLAR_AUDIT_DAYS: { fallback: 365, least: 0, most: 36_500, read: ({ operations }) => operations.auditDays },
  EXEMPLAR_RATE_COST: { fallback: 6e6, least: 0, most: 1e12, read: (config) => config.operations.rateLimits.cost },
  EXEMPLAR_WORKER_METRICS_PORT: {
    fallback: 0,
    least: 0,
    most: 65_535,
    read: ({ operations }) => operations.workerMetricsPort,
  },
  EXEMPLAR_WORKER_HEARTBEAT_SECONDS: {
    fallback: 10,
    least: 10,
    most: 600,
    read: ({ worker }) => worker.heartbeatSeconds,
  },
  EXEMPLAR_MAX_PREDICTION_BYTES: {
    fallback: 64 * megabyte,
    least: 1024,
    most: 1024 * megabyte,
    read: ({ limits }) => limits.predictionBytes,
  },
  EXEMPLAR_INFERENCE_PROCESSES: { fallback: 1, least: 1, most: 64, read: ({ inference }) => inference.processes },
  EXEMPLAR_INFERENCE_THREADS: { fallback: 1, least: 1, most: 256, read: ({ inference }) => inference.threads },
  EXEMPLAR_INFERENCE_QUEUE: { fallback: 256, least: 1, most: 1e5, read: ({ inference }) => inference.queue },
  EXEMPLAR_INFERENCE_MODEL_BYTES: {
    fallback: 1e9,
    least: 0,
    most: Number.MAX_SAFE_INTEGER,
    read: ({ inference }) => inference.modelBytes,
  },
  EXEMPLAR_CACHE_BYTES: {
    fallback: 8e9,
    least: 0,
    most: Number.MAX_SAFE_INTEGER,
    read: ({ worker }) => worker.cacheBytes,
  },
};

describe('readConfig', () => {
  const defaults: Partial<Config> = {
    dataDirectory: resolve('data'),
    objectsDirectory: resolve('data/objects'),
    workDirectory: resolve('data/work'),
    host: '127.0.0.1',
    publicUrl: undefined,
    databaseUrl: undefined,
    databaseListenUrl: undefined,
    logLevel: 'info',
    flavors: [{ id: 'cpu', name: 'ExeML (CPU)', device: 'CPU' }],
    worker: { flavor: 'cpu', heartbeatSeconds: 10, cacheBytes: 8e9 },
    baseModelDirectory: undefined,
    models: { directory: resolve('data/models'), mirror: undefined },
  };

  it('has a default for everything', () => expect(readConfig({})).toMatchObject(defaults));

  it('takes an empty variable for an unset one, as docker compose passes it', () => {
    const names = [
      ...Object.keys(integers),
      ...[
        'DATA',
        'HOST',
        'PUBLIC_URL',
        'LOG_LEVEL',
        'FLAVORS',
        'CORS_ORIGINS',
        'IMPORT_PREFIXES',
        'WEBHOOK_NETWORKS',
        'METRICS_TOKEN',
        'TRUSTED_DOCUMENTS',
        'WORKER_FLAVOR',
        'BASE_MODEL',
        'MODELS',
        'MODELS_MIRROR',
        ...['ENDPOINT', 'PUBLIC_ENDPOINT', 'BUCKET', 'REGION', 'ACCESS_KEY', 'SECRET_KEY', 'PATH_STYLE'].map(
          (name) => `S3_${name}`,
        ),
      ].map((name) => `EXEMPLAR_${name}`),
      'DATABASE_URL',
      'DATABASE_LISTEN_URL',
    ];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it('reads every text', () => {
    const config = readConfig({
      EXEMPLAR_DATA: '/srv/exemplar',
      EXEMPLAR_HOST: '0.0.0.0',
      EXEMPLAR_PUBLIC_URL: 'https://exemplar.example/app//',
      DATABASE_URL: 'postgres://user@host/db',
      DATABASE_LISTEN_URL: 'postgresql://user@host/db',
      EXEMPLAR_LOG_LEVEL: 'debug',
      EXEMPLAR_BASE_MODEL: '/srv/base-model',
      EXEMPLAR_METRICS_TOKEN: '0123456789abcdef',
      EXEMPLAR_TRUSTED_DOCUMENTS: '/srv/documents',
      EXEMPLAR_MODELS: '/srv/models',
      EXEMPLAR_MODELS_MIRROR: 'http://mirror.example/models/',
    });
    expect(config).toMatchObject({
      dataDirectory: '/srv/exemplar',
      objectsDirectory: '/srv/exemplar/objects',
      workDirectory: '/srv/exemplar/work',
      host: '0.0.0.0',
      publicUrl: 'https://exemplar.example/app',
      databaseUrl: 'postgres://user@host/db',
      databaseListenUrl: 'postgresql://user@host/db',
      logLevel: 'debug',
      baseModelDirectory: '/srv/base-model',
      operations: { metricsToken: '0123456789abcdef', trustedDocuments: '/srv/documents' },
      models: { directory: '/srv/models', mirror: 'http://mirror.example/models' },
    });
  });

  const s3 = {
    EXEMPLAR_S3_ENDPOINT: 'https://s3.example.com',
    EXEMPLAR_S3_BUCKET: 'pictures',
    EXEMPLAR_S3_ACCESS_KEY: 'access',
    EXEMPLAR_S3_SECRET_KEY: 'secret',
  };

  it('takes an object store as a whole or not at all', () => {
    expect(readConfig({}).s3).toBeUndefined();
    const read = { endpoint: 'https://s3.example.com', bucket: 'pictures', accessKey: 'access', secretKey: 'secret' };
    expect(readConfig(s3).s3).toEqual({ ...read, region: 'us-east-1', pathStyle: true });
    expect(readConfig({ ...s3, EXEMPLAR_S3_REGION: 'eu-1', EXEMPLAR_S3_PATH_STYLE: 'false' }).s3).toEqual({
      ...read,
      region: 'eu-1',
      pathStyle: false,
    });
    for (const name of Object.keys(s3)) {
      const message = problemsOf({ ...s3, [name]: undefined });
      expect(message).toContain(`${name}: must be set together with`);
    }
  });

  it('lets uploads and downloads go to the store directly where it has a public address', () => {
    expect(readConfig(s3).directStore).toBeUndefined();
    const direct = readConfig({ ...s3, EXEMPLAR_S3_PUBLIC_ENDPOINT: 'https://files.example.com' });
    expect(direct.directStore).toEqual({ ...direct.s3, endpoint: 'https://files.example.com' });
    expect(direct.s3!.endpoint).toBe('https://s3.example.com');
    const alone = problemsOf({ EXEMPLAR_S3_PUBLIC_ENDPOINT: 'https://files.example.com' });
    expect(alone).toContain('EXEMPLAR_S3_PUBLIC_ENDPOINT: there is no object store; set EXEMPLAR_S3_ENDPOINT, ');
    const wrong = problemsOf({ ...s3, EXEMPLAR_S3_PUBLIC_ENDPOINT: 'https://files.example.com/path' });
    expect(wrong).toContain('EXEMPLAR_S3_PUBLIC_ENDPOINT: must be like');
  });

  it('allows imports from no bucket unless it is listed, and never from what is kept itself', () => {
    expect(readConfig(s3).importPrefixes).toEqual([]);
    const listed = 's3://incoming/, obs://shared/cats, s3://pictures/incoming/';
    expect(readConfig({ ...s3, EXEMPLAR_IMPORT_PREFIXES: listed }).importPrefixes).toEqual([
      { bucket: 'incoming', prefix: '' },
      { bucket: 'shared', prefix: 'cats/' },
      { bucket: 'pictures', prefix: 'incoming/' },
    ]);
    expect(problemsOf({ ...s3, EXEMPLAR_IMPORT_PREFIXES: 's3://incoming,/srv/data' })).toContain(
      'EXEMPLAR_IMPORT_PREFIXES.1: must be like s3://bucket/folder/',
    );
    expect(problemsOf({ EXEMPLAR_IMPORT_PREFIXES: 's3://incoming' })).toContain('there is no object store');
    for (const own of ['s3://pictures', 's3://pictures/projects/', 's3://pictures/base-models/1'])
      expect(problemsOf({ ...s3, EXEMPLAR_IMPORT_PREFIXES: own }), own).toContain('keeps itself');
  });

  it.each(['s3.example.com', 'ftp://s3.example.com', 'https://s3.example.com/path'])(
    'refuses the endpoint %s',
    (endpoint) => {
      expect(problemsOf({ ...s3, EXEMPLAR_S3_ENDPOINT: endpoint })).toContain('EXEMPLAR_S3_ENDPOINT: must be like');
    },
  );

  it('keeps fetched models with the data unless told otherwise', () => {
    expect(readConfig({ EXEMPLAR_DATA: '/srv/exemplar' }).models.directory).toBe('/srv/exemplar/models');
  });

  it.each(Object.entries(integers))('%s has a default and limits', (name, { fallback, least, most, read }) => {
    expect(read(readConfig({}))).toBe(fallback);
    for (const allowed of [least, most]) expect(read(readConfig({ [name]: String(allowed) }))).toBe(allowed);
    for (const wrong of [String(least - 1), String(most + 1), `${least}.5`, 'many', ' ', '0x20', '1e2', 'Infinity'])
      expect(problemsOf({ [name]: wrong }), JSON.stringify(wrong)).toContain(`\n  - ${name}: `);
  });

  it('allows no page of another origin unless it is listed', () => {
    expect(readConfig({ EXEMPLAR_CORS_ORIGINS: '' }).operations.corsOrigins).toEqual([]);
    const listed = 'https://app.example.com, http://localhost:3000';
    const corsOrigins = ['https://app.example.com', 'http://localhost:3000'];
    expect(readConfig({ EXEMPLAR_CORS_ORIGINS: listed }).operations).toMatchObject({ corsOrigins });
    expect(readConfig({ EXEMPLAR_CORS_ORIGINS: '*' }).operations.corsOrigins).toEqual(['*']);
    for (const wrong of ['https://app.example.com/', 'app.example.com', 'https://*.example.com', 'null', ','])
      expect(problemsOf({ EXEMPLAR_CORS_ORIGINS: wrong }), wrong).toContain('\n  - EXEMPLAR_CORS_ORIGINS.0: ');
  });

  describe('of the login through an identity provider', () => {
    const oidc = {
      EXEMPLAR_OIDC_ISSUER: 'https://login.example.com/realms/main',
      EXEMPLAR_OIDC_CLIENT_ID: 'exemplar',
      EXEMPLAR_OIDC_CLIENT_SECRET: 'secret',
    };

    it('is off unless it is configured, and has defaults', () => {
      expect(readConfig({ EXEMPLAR_OIDC_ISSUER: '' }).oidc).toBeUndefined();
      expect(readConfig(oidc).oidc).toEqual({
        issuer: 'https://login.example.com/realms/main',
        clientId: 'exemplar',
        clientSecret: 'secret',
        redirectUrl: undefined,
        scopes: ['openid', 'profile', 'email'],
        sessionMinutes: 480,
        audience: undefined,
        tokenScope: 'TRAIN',
        groupsClaim: 'groups',
        groups: [],
      });
    });

    it('takes roles and administrators from groups', () => {
      const groups = [
        { group: 'admins', administrator: true },
        { group: 'vision', project: 'flowers', role: 'EDITOR' },
      ];
      expect(readConfig({ ...oidc, EXEMPLAR_OIDC_GROUPS: JSON.stringify(groups) }).oidc!.groups).toEqual(groups);
    });

    it.each(Object.keys(oidc))('wants %s beside the others', (name) => {
      expect(problemsOf({ ...oidc, [name]: '' })).toContain(`${name}: must be set together with`);
    });

    it.each([
      ['EXEMPLAR_OIDC_ISSUER', 'http://login.example.com', 'only for this machine'],
      ['EXEMPLAR_OIDC_ISSUER', 'https://login.example.com?x=1', 'without query'],
      ['EXEMPLAR_OIDC_REDIRECT_URL', 'http://exemplar.example.com', 'only for this machine'],
      ['EXEMPLAR_PUBLIC_URL', 'http://exemplar.example.com', 'https:// where people log in'],
      ['EXEMPLAR_OIDC_SCOPES', 'profile', 'openid'],
      ['EXEMPLAR_OIDC_TOKEN_SCOPE', 'ALL', 'TRAIN'],
      ['EXEMPLAR_OIDC_GROUPS', '{', 'JSON'],
      ['EXEMPLAR_OIDC_GROUPS', '[{"group":"x"}]', 'Invalid'],
      ['EXEMPLAR_OIDC_GROUPS', '[{"group":"x","project":"p","role":"BOSS"}]', 'Invalid'],
      ['EXEMPLAR_OIDC_GROUPS', '[{"group":"x","administrator":true,"project":"p","role":"OWNER"}]', 'Invalid'],
    ])('refuses %s=%s', (name, value, wanted) => {
      const problems = problemsOf({ ...oidc, [name]: value });
      expect(problems).toMatch(new RegExp(`\n  - ${name}`));
      expect(problems).toContain(wanted);
    });
  });

  it.each([
    ['EXEMPLAR_PUBLIC_URL', 'exemplar.example', 'http://'],
    ['DATABASE_URL', 'mysql://host/db', 'postgres://'],
    ['DATABASE_LISTEN_URL', 'host:5432', 'postgres://'],
    ['EXEMPLAR_LOG_LEVEL', 'loud', 'trace'],
    ['EXEMPLAR_WEBHOOK_NETWORKS', '10.0.0.0', 'a network like'],
    ['EXEMPLAR_WEBHOOK_NETWORKS', '::1/128,localhost/8', 'a network like'],
    ['EXEMPLAR_METRICS_TOKEN', 'short', '16 characters'],
    ['EXEMPLAR_METRICS_TOKEN', 'with spaces in between', '16 characters'],
    ['EXEMPLAR_MODELS_MIRROR', 'mirror.example/models', 'https://'],
    ['EXEMPLAR_MODELS_MIRROR', 'https://mirror.example/?path=', 'no query'],
  ])('%s=%s is refused and says what is wanted', (name, value, wanted) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toMatch(new RegExp(`\n  - ${name}(\\.\\d+)?: `));
    expect(problems).toContain(wanted);
  });

  it('traces nothing unless it is told where to send it', () => {
    const tracingOf = (environment: Record<string, string>) => readConfig(environment).operations.tracing;
    expect(tracingOf({})).toBeUndefined();
    expect(tracingOf({ EXEMPLAR_TRACES_PERCENT: '5', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
    const base = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };
    expect(tracingOf(base)).toEqual({ endpoint: 'http://collector:4318/v1/traces', percent: 100 });
    const whole = { ...base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://other/traces', EXEMPLAR_TRACES_PERCENT: '5' };
    expect(tracingOf(whole)).toEqual({ endpoint: 'https://other/traces', percent: 5 });
    expect(problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toContain('OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(problemsOf({ EXEMPLAR_TRACES_PERCENT: '101' })).toContain('EXEMPLAR_TRACES_PERCENT');
  });

  it('lists all mistakes together', () => {
    const problems = problemsOf({
      EXEMPLAR_PORT: '70000',
      EXEMPLAR_PUBLIC_URL: 'exemplar.example',
      DATABASE_URL: 'mysql://host/db',
      EXEMPLAR_LOG_LEVEL: 'loud',
      EXEMPLAR_WORKER_FLAVOR: 'gpu',
    });
    expect(problems).toMatch(/^The configuration has 5 mistake\(s\):\n/);
    for (const name of ['EXEMPLAR_PORT', 'EXEMPLAR_PUBLIC_URL', 'DATABASE_URL', 'EXEMPLAR_LOG_LEVEL'])
      expect(problems).toContain(`\n  - ${name}: `);
    expect(problems).toContain('\n  - EXEMPLAR_WORKER_FLAVOR: "gpu" is not one of EXEMPLAR_FLAVORS');
  });
});

describe('EXEMPLAR_FLAVORS', () => {
  const gpu = { id: 'gpu-1', name: 'GPU', device: 'CUDA' };
  const cpu = { id: 'cpu', name: 'CPU', device: 'CPU' };

  it('is a list, whose first is what a worker takes unless it is told another', () => {
    const EXEMPLAR_FLAVORS = JSON.stringify([gpu, cpu]);
    expect(readConfig({ EXEMPLAR_FLAVORS })).toMatchObject({ flavors: [gpu, cpu], worker: { flavor: 'gpu-1' } });
    expect(readConfig({ EXEMPLAR_FLAVORS, EXEMPLAR_WORKER_FLAVOR: 'cpu' }).worker.flavor).toBe('cpu');
  });

  it('may say how much memory machines should have and how many trainings may run', () => {
    const large = { ...gpu, memoryGib: 15.5, maxParallel: 2 };
    expect(readConfig({ EXEMPLAR_FLAVORS: JSON.stringify([large, cpu]) }).flavors).toEqual([large, cpu]);
  });

  it.each([
    ['text that is not JSON', '[{id: cpu}]', 'EXEMPLAR_FLAVORS: is not JSON'],
    ['no list', '{}', 'EXEMPLAR_FLAVORS: '],
    ['an empty list', '[]', 'EXEMPLAR_FLAVORS: '],
    ['an id that is no name of a queue', JSON.stringify([{ ...cpu, id: 'My CPU' }]), 'EXEMPLAR_FLAVORS.0.id: '],
    ['an empty name', JSON.stringify([cpu, { ...gpu, name: '' }]), 'EXEMPLAR_FLAVORS.1.name: '],
    ['an unknown device', JSON.stringify([{ ...cpu, device: 'TPU' }]), 'EXEMPLAR_FLAVORS.0.device: '],
    ['no place for any training', JSON.stringify([{ ...cpu, maxParallel: 0 }]), 'EXEMPLAR_FLAVORS.0.maxParallel: '],
    ['memory of nothing', JSON.stringify([{ ...cpu, memoryGib: 0 }]), 'EXEMPLAR_FLAVORS.0.memoryGib: '],
    ['a setting that there is not', JSON.stringify([{ ...cpu, memory: 8 }]), 'EXEMPLAR_FLAVORS.0: '],
    ['an id twice', JSON.stringify([cpu, gpu, { ...gpu, name: 'Other' }]), 'EXEMPLAR_FLAVORS: the id "gpu-1" '],
  ])('is refused with %s', (_, text, problem) => {
    expect(problemsOf({ EXEMPLAR_FLAVORS: text })).toContain(`has 1 mistake(s):\n  - ${problem}`);
  });

  it('lists every mistake in it', () => {
    const problems = problemsOf({ EXEMPLAR_FLAVORS: JSON.stringify([{ id: 'A', name: '', device: 'TPU' }]) });
    expect(problems).toMatch(/^The configuration has 3 mistake\(s\):/);
  });
});
