import { resolve } from 'node:path';
import { z } from 'zod';
import { integer, listOf, text } from './environment-values.ts';
import { networkList } from './outbound/public-address.ts';

/** `*`, or an origin as browsers send it: scheme, host, port if it is not the scheme's own; no path. */
const origin = z
  .string()
  .refine(
    (value) => value === '*' || (!value.includes('*') && URL.parse(value)?.origin === value),
    'must be * or like https://app.example.com',
  );

const network = z.string().refine((value) => {
  try {
    return networkList([value]);
  } catch {
    return false;
  }
}, 'must be a network like 10.0.0.0/8');

const collectorAddress = text(
  z.string().regex(/^https?:\/\/[^?#]+$/, 'must start with http:// or https:// and have no query'),
);

/** Variables that say how an installation is kept safe and watched. */
export const operationsEnvironment = {
  EXEMPLAR_CORS_ORIGINS: listOf(origin),
  EXEMPLAR_REQUEST_SECONDS: integer(30, 1, 3600),
  // Longer than nginx and load balancers keep theirs (60 s), and Caddy (120 s).
  EXEMPLAR_KEEP_ALIVE_SECONDS: integer(150, 1, 3600),
  EXEMPLAR_RATE_REQUESTS: integer(30_000, 0, 1_000_000_000),
  EXEMPLAR_RATE_COST: integer(6_000_000, 0, 1_000_000_000_000),
  EXEMPLAR_AUDIT_DAYS: integer(365, 0, 36_500),
  EXEMPLAR_WEBHOOK_NETWORKS: listOf(network),
  EXEMPLAR_WEBHOOK_RETRIES: integer(12, 0, 16),
  EXEMPLAR_WEBHOOK_RETRY_SECONDS: integer(5, 1, 3600),
  EXEMPLAR_TRUSTED_DOCUMENTS: text(z.string()),
  EXEMPLAR_METRICS_TOKEN: text(
    z.string().regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 characters, without spaces'),
  ),
  EXEMPLAR_WORKER_METRICS_PORT: integer(0, 0, 65_535),
  EXEMPLAR_TRACES_PERCENT: integer(100, 0, 100),
  OTEL_EXPORTER_OTLP_ENDPOINT: collectorAddress,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collectorAddress,
};

export interface TracingSettings {
  /** Where spans are sent by OTLP/HTTP. */
  readonly endpoint: string;
  /** Of the traces that begin here, how many of a hundred are kept; of those that begin elsewhere whoever began them decides. */
  readonly percent: number;
}

export interface OperationsConfig {
  /** Web pages of these origins may use the API; `*` = of all. Empty: only pages that this server shows itself. */
  readonly corsOrigins: readonly string[];
  /** How long the headers of a request may take to come, and how long its body; uploads may take longer while they move. */
  readonly requestSeconds: number;
  /** How long a connection without a request stays open: longer than a proxy keeps it, which would else send a request into one that is just closed. */
  readonly keepAliveSeconds: number;
  /** What one access token may ask for in a minute, on all servers together; 0 = any number. */
  readonly rateLimits: { readonly requests: number; readonly cost: number };
  /** How long the audit log is kept; 0 = for ever. */
  readonly auditDays: number;
  readonly webhooks: {
    /** Such as 10.0.0.0/8: not public, and may be sent to all the same. */
    readonly networks: readonly string[];
    readonly retries: number;
    /** Before the first retry; each takes twice as long as the one before, up to six hours. */
    readonly retrySeconds: number;
  };
  /** A manifest or a folder of documents, and no others run; undefined = all do. */
  readonly trustedDocuments: string | undefined;
  /** What `/metrics` asks for; undefined = it answers this machine only. */
  readonly metricsToken: string | undefined;
  /** Where a worker serves its metrics; 0 = nowhere. */
  readonly workerMetricsPort: number;
  /** undefined = nothing is traced. */
  readonly tracing: TracingSettings | undefined;
}

const shape = z.object(operationsEnvironment);

export function readOperations(value: z.output<typeof shape>): OperationsConfig {
  return {
    corsOrigins: value.EXEMPLAR_CORS_ORIGINS,
    requestSeconds: value.EXEMPLAR_REQUEST_SECONDS,
    keepAliveSeconds: value.EXEMPLAR_KEEP_ALIVE_SECONDS,
    rateLimits: { requests: value.EXEMPLAR_RATE_REQUESTS, cost: value.EXEMPLAR_RATE_COST },
    auditDays: value.EXEMPLAR_AUDIT_DAYS,
    webhooks: {
      networks: value.EXEMPLAR_WEBHOOK_NETWORKS,
      retries: value.EXEMPLAR_WEBHOOK_RETRIES,
      retrySeconds: value.EXEMPLAR_WEBHOOK_RETRY_SECONDS,
    },
    trustedDocuments:
      value.EXEMPLAR_TRUSTED_DOCUMENTS === undefined ? undefined : resolve(value.EXEMPLAR_TRUSTED_DOCUMENTS),
    metricsToken: value.EXEMPLAR_METRICS_TOKEN,
    workerMetricsPort: value.EXEMPLAR_WORKER_METRICS_PORT,
    tracing: tracingOf(value),
  };
}

/** As OpenTelemetry has it: the base address gets the path of traces, the address for traces is taken as it is. */
function tracingOf(value: z.output<typeof shape>): TracingSettings | undefined {
  const base = value.OTEL_EXPORTER_OTLP_ENDPOINT;
  const endpoint =
    value.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    (base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`);
  return endpoint === undefined ? undefined : { endpoint, percent: value.EXEMPLAR_TRACES_PERCENT };
}
