import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, TRACE_PARENT_HEADER, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '../operations-config.ts';
import type { RunningSpan, SpanOptions, Tracing } from './tracing.ts';

/** A collector that does not answer must not keep a process from ending. */
const closeMilliseconds = 3000;

const propagator = new W3CTraceContextPropagator();

/**
 * Traces by OpenTelemetry's SDK, sent as OTLP/HTTP (JSON). Nothing of it is global: several of them can run in one process, and packages
 * that would instrument themselves stay as they are.
 */
export function startOpenTelemetry(
  settings: TracingSettings,
  role: string,
  onFailure: (error: unknown) => void,
): Tracing {
  setGlobalErrorHandler(onFailure);
  const resource = resourceFromAttributes({
    'service.name': `exemplar-${role}`,
    'host.name': hostname(),
    'process.pid': process.pid,
  });
  const provider = new TracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    resource: resource.merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.percent / 100) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: settings.endpoint }) })],
  });
  const tracer = provider.getTracer('exemplar');
  const contexts = new AsyncLocalStorage<Context>();
  const current = (): Context => contexts.getStore() ?? ROOT_CONTEXT;

  const start = (name: string, { kind, attributes, parent, startTime }: SpanOptions = {}): RunningSpan => {
    const from =
      parent === undefined
        ? current()
        : propagator.extract(ROOT_CONTEXT, { [TRACE_PARENT_HEADER]: parent }, defaultTextMapGetter);
    const options = {
      kind: kind === undefined ? SpanKind.INTERNAL : SpanKind[kind],
      ...(attributes && { attributes }),
      ...(startTime !== undefined && { startTime }),
    };
    const span = tracer.startSpan(name, options, from);
    const context = trace.setSpan(from, span);
    return {
      carrier: carrierOf(context),
      set: (added) => void span.setAttributes(added),
      run: (work) => contexts.run(context, work),
      end: (error) => endSpan(span, error),
    };
  };

  return {
    isOn: true,
    start,
    run: async (name, options, work) => {
      const span = start(name, options);
      try {
        const result = await span.run(work);
        span.end();
        return result;
      } catch (error) {
        span.end(error);
        throw error;
      }
    },
    set: (attributes) => void trace.getSpan(current())?.setAttributes(attributes),
    carrier: () => carrierOf(current()),
    ids: () => {
      const span = trace.getSpanContext(current());
      return span && { traceId: span.traceId, spanId: span.spanId };
    },
    close: async () => {
      await Promise.race([
        provider.shutdown().catch(onFailure),
        setTimeout(closeMilliseconds, undefined, { ref: false }),
      ]);
    },
  };
}

function carrierOf(context: Context): string | undefined {
  const carrier: Record<string, string> = {};
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier[TRACE_PARENT_HEADER];
}

function endSpan(span: Span, error: unknown): void {
  if (error !== undefined) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
  }
  span.end();
}
