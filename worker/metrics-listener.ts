import { createServer } from 'node:http';
import { ListenError } from '#core/platform/listen-error.ts';
import { serveMetrics } from '#core/platform/metrics/serve-metrics.ts';
import type { Platform } from '#core/platform/platform.ts';

/** Serves `GET /metrics` of a worker, which has no other HTTP side. @throws {ListenError} */
export async function openMetricsListener(platform: Platform, port: number): Promise<{ close(): Promise<void> }> {
  const { config, metrics, log } = platform;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    serveMetrics(metrics, config.operations.metricsToken, request, response).catch((error: unknown) => {
      log.error({ err: error }, 'the metrics could not be read');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(config.host, port, error.code)));
    server.listen(port, config.host, resolve);
  });
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
