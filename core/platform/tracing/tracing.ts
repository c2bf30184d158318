import type { TracingSettings } from '../operations-config.ts';

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** What a server took, what a worker took off a queue, or, left out, a part of something. */
  readonly kind?: 'SERVER' | 'CONSUMER';
  /** Ids, names and numbers; never what people wrote, tokens or the values of variables. */
  readonly attributes?: SpanAttributes;
  /** `traceparent` of W3C Trace Context. @default the running span; what is no such text begins a trace of its own. */
  readonly parent?: string | undefined;
  /** Milliseconds since 1970. @default now */
  readonly startTime?: number;
}

/** A part of a trace that has begun. */
export interface RunningSpan {
  /** What others go on from, as `traceparent`; undefined when nothing is traced. */
  readonly carrier: string | undefined;
  set(attributes: SpanAttributes): void;
  /** Whatever is begun by `work` is a part of this span, which goes on until `end`. */
  run<T>(work: () => T): T;
  /** `error` marks it as failed, by the name of the error alone: messages may quote what people wrote. */
  end(error?: unknown): void;
}

/** Traces of one process, or nothing at all. */
export interface Tracing {
  readonly isOn: boolean;
  start(name: string, options?: SpanOptions): RunningSpan;
  /** Runs `work` in a span that ends with it. */
  run<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>;
  /** Of the span that runs. */
  set(attributes: SpanAttributes): void;
  /** Of the span that runs, as `traceparent`. */
  carrier(): string | undefined;
  /** Of the span that runs, for the lines of the log. */
  ids(): { readonly traceId: string; readonly spanId: string } | undefined;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}

const noSpan: RunningSpan = { carrier: undefined, set: () => {}, run: (work) => work(), end: () => {} };

const noTracing: Tracing = {
  isOn: false,
  start: () => noSpan,
  run: (_name, _options, work) => work(),
  set: () => {},
  carrier: () => undefined,
  ids: () => undefined,
  close: async () => {},
};

/** Without settings nothing is traced and no module of OpenTelemetry's SDK is loaded. `onFailure` hears when spans could not be sent. */
export async function openTracing(
  settings: TracingSettings | undefined,
  role: string,
  onFailure: (error: unknown) => void,
): Promise<Tracing> {
  if (!settings) return noTracing;
  const { startOpenTelemetry } = await import('./open-telemetry.ts');
  return startOpenTelemetry(settings, role, onFailure);
}
