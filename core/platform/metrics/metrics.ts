import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Of requests, operations and the like, in seconds. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What one process counts and times, and what it looks up when it is asked. Names are those of docs/operations.md. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];
  #describesProcess = false;

  readonly httpRequest = new Histogram({
    name: 'exemplar_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer. Status "aborted": the client left before.',
    labelNames: ['method', 'route', 'status'],
    buckets: latencyBuckets,
    registers: this.#registers,
  });

  readonly graphqlOperation = new Histogram({
    name: 'exemplar_graphql_operation_duration_seconds',
    help: 'Execution time of queries and mutations; outcome "error" has top-level errors.',
    labelNames: ['type', 'operation', 'outcome'],
    buckets: latencyBuckets,
    registers: this.#registers,
  });

  readonly graphqlSubscriptions = new Counter({
    name: 'exemplar_graphql_subscriptions_total',
    help: 'Subscriptions that were opened.',
    labelNames: ['operation'],
    registers: this.#registers,
  });

  readonly graphqlRefused = new Counter({
    name: 'exemplar_graphql_refused_total',
    help: 'Documents that were not executed: they do not parse, are not valid or are past a limit.',
    labelNames: ['phase'],
    registers: this.#registers,
  });

  readonly streamLag = new Histogram({
    name: 'exemplar_stream_lag_seconds',
    help: 'Time from the moment an event was written until those who watch were given it.',
    labelNames: ['log'],
    buckets: latencyBuckets,
    registers: this.#registers,
  });

  readonly objectStore = new Histogram({
    name: 'exemplar_object_store_duration_seconds',
    help: 'Operations of the object store; "open" until the first byte can be read.',
    labelNames: ['operation', 'outcome'],
    buckets: latencyBuckets,
    registers: this.#registers,
  });

  readonly trainingAttempts = new Counter({
    name: 'exemplar_training_attempts_total',
    help: 'Trainings this worker has run to their end, or handed over, or given back to the queue.',
    labelNames: ['outcome'],
    registers: this.#registers,
  });

  readonly trainingsRunning = new Gauge({
    name: 'exemplar_worker_trainings_running',
    help: 'Trainings this worker runs now.',
    registers: this.#registers,
  });

  readonly #lookupsFailed = new Counter({
    name: 'exemplar_metrics_lookups_failed_total',
    help: 'Values that could not be looked up, for the database did not answer; they are missing then.',
    registers: this.#registers,
  });

  /** A gauge whose values are looked up whenever somebody asks: one for each combination of labels. */
  lookUp(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => Promise<Iterable<Observed>> | Iterable<Observed>,
  ): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: this.#registers,
      collect: async () => {
        gauge.reset();
        try {
          for (const { labels, value } of await read()) gauge.set(labels, value);
        } catch {
          // What this process counts itself must be seen just then.
          this.#lookupsFailed.inc();
        }
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of it in Prometheus' text format. */
  text(): Promise<string> {
    // Not before somebody asks: it observes every garbage collection from then on.
    if (!this.#describesProcess) collectDefaultMetrics({ register: this.#registry });
    this.#describesProcess = true;
    return this.#registry.metrics();
  }
}

export interface Observed {
  readonly labels: Record<string, string>;
  readonly value: number;
}
