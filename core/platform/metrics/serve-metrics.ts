import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from './metrics.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * `GET /metrics`. With a token only for those who send it as bearer token; without one only for this machine, and not through a proxy,
 * for which everybody is this machine.
 */
export async function serveMetrics(
  metrics: Metrics,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(token, request);
  if (refusal !== undefined) {
    response.writeHead(403, { 'content-type': 'application/json; charset=utf-8' });
    response.end(`${JSON.stringify({ code: 'FORBIDDEN', message: refusal })}\n`);
    return;
  }
  const text = await metrics.text();
  response.writeHead(200, { 'content-type': metrics.contentType });
  response.end(text);
}

function refusalOf(token: string | undefined, { headers, socket }: IncomingMessage): string | undefined {
  if (token !== undefined) {
    const sent = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(sent), digest(token))
      ? undefined
      : 'Send EXEMPLAR_METRICS_TOKEN as `authorization: Bearer ...`.';
  }
  const isForwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some((name) => name in headers);
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  if (!isForwarded && (address === '::1' || address.startsWith('127.'))) return undefined;
  return 'Metrics are for this machine only, unless EXEMPLAR_METRICS_TOKEN is set.';
}
