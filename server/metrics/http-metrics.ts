import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '#core/platform/metrics/metrics.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']);
const exact = new Set(['/graphql', '/health', '/ready', '/metrics', '/login', '/login/callback', '/logout', '/']);
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^\/(uploads|import-uploads|base-model-uploads)\/[^/]+$/, '/$1/:id'],
  [/^\/projects\/[^/]+\/images$/, '/projects/:id/images'],
  [/^\/objects\/.+$/, '/objects/:key'],
  [/^\/deployments\/[^/]+\/predict$/, '/deployments/:name/predict'],
  [/^\/v1\/infers\/[^/]+$/, '/v1/infers/:id'],
  [/^\/customvision\/.+$/, '/customvision/...'],
];

/** The route of a target, without what is particular to the request: there are only so many. */
export function routeOf(target: string): string {
  const [path] = target.split('?', 1) as [string];
  if (exact.has(path)) return path;
  for (const [pattern, route] of patterns) if (pattern.test(path)) return path.replace(pattern, route);
  return 'other';
}

/** Times a request to the end of its answer. */
export function meterRequest(metrics: Metrics, request: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  response.on('close', () => {
    const isStream = response.getHeader('content-type') === 'text/event-stream';
    metrics.httpRequest.observe(
      {
        method: methods.has(request.method!) ? request.method! : 'other',
        // Streams last for as long as somebody watches, and would say nothing about latency.
        route: isStream ? '/graphql (stream)' : routeOf(request.url ?? '/'),
        status: response.writableFinished || isStream ? String(response.statusCode) : 'aborted',
      },
      (performance.now() - started) / 1000,
    );
  });
}
