import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tracing } from '#core/platform/tracing/tracing.ts';
import { routeOf } from './metrics/http-metrics.ts';

/** Runs what a request causes in a span that lasts to the end of its answer and goes on from the client's, where it has one. */
export function traceRequest<T>(
  tracing: Tracing,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  run: () => T,
): T {
  if (!tracing.isOn) return run();
  const route = routeOf(request.url ?? '/');
  const { traceparent } = request.headers;
  const span = tracing.start(`${request.method} ${route}`, {
    kind: 'SERVER',
    attributes: { 'http.request.method': request.method!, 'http.route': route, 'exemplar.request_id': requestId },
    ...(typeof traceparent === 'string' && { parent: traceparent }),
  });
  response.once('close', () => {
    span.set({ 'http.response.status_code': response.statusCode });
    span.end(response.statusCode >= 500 ? response.statusCode : undefined);
  });
  return span.run(run);
}
