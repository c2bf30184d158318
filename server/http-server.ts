import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { deleteOldSessions } from '#core/access/access-tokens.ts';
import { RateLimiter } from '#core/access/rate-limiter.ts';
import { deleteOldAuditEvents } from '#core/audit/audit-events.ts';
import { deleteOldMinutes } from '#core/deployments/deployment-statistics.ts';
import { deleteExpiredPredictions } from '#core/deployments/served-predictions.ts';
import { deleteExpiredUploads } from '#core/images/image-uploads.ts';
import { sweepImages } from '#core/images/sweep-images.ts';
import { ListenError } from '#core/platform/listen-error.ts';
import { deleteAbandonedObjects } from '#core/platform/objects/abandoned-objects.ts';
import { serveMetrics } from '#core/platform/metrics/serve-metrics.ts';
import type { Platform } from '#core/platform/platform.ts';
import { deleteOldProjectEvents } from '#core/projects/project-events.ts';
import { deleteExpiredTransferObjects } from '#core/transfer/transfer-expiry.ts';
import { announceMissingWorkers } from '#core/trainings/missing-workers.ts';
import { forgetLostWorkers } from '#core/workers/report-worker.ts';
import { thinProgress } from '#core/trainings/thin-progress.ts';
import { deleteExpiredImportUploads } from '#core/transfer/imports/import-uploads.ts';
import { Authenticator } from './authenticator.ts';
import { answerCors } from './cors.ts';
import { deleteOldWebhookDeliveries } from '#core/webhooks/webhook-deliveries.ts';
import { handleDownload } from './downloads.ts';
import { sendGraphiQL, wantsGraphiQL } from './graphiql.ts';
import { createGraphQL, graphqlLimits } from './graphql.ts';
import { handleImageFiles } from './image-files.ts';
import { jsonPostType, serveJsonPost } from './json-post.ts';
import { handleLogin } from './login/handle-login.ts';
import { meterRequest } from './metrics/http-metrics.ts';
import { describeInstallation, describeServer } from './metrics/installation-metrics.ts';
import { openStreams } from './open-streams.ts';
import { readBody, type BufferedRequest } from './read-operation.ts';
import { DeploymentKeeper } from './deployment-keeper.ts';
import { Inference } from './inference/inference.ts';
import { ByteBudget } from './predictions/byte-budget.ts';
import { callFormOf } from './predictions/call-form-of.ts';
import { handleCall } from './predictions/handle-call.ts';
import { withRequestId } from './request-id.ts';
import { headerCheckMilliseconds, limitBodyTime, limitHeaderTime } from './request-time-limits.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { sendJson } from './send-json.ts';
import { handleUpload, type UploadKind } from './uploads.ts';
import { traceRequest } from './trace-request.ts';
import { serveServerSentEvents, wantsServerSentEvents } from './sse.ts';
import { loadTrustedDocuments, type FindDocument } from './trusted-documents.ts';
import { serveWebSocket } from './websocket.ts';

export interface RunningServer {
  /** Where it listens, such as http://127.0.0.1:4000. */
  readonly url: string;
  readonly inference: Inference;
  readonly serving: DeploymentKeeper;
  /** Says at `/ready` that it stops and serves on for a while; then takes no new requests, ends streams, lets running requests finish. */
  close(): Promise<void>;
}

/** For requests that still run when a server stops. */
const patienceMilliseconds = 2000;
const sweepEvery = 10 * 60_000;
/** Whether trainings that wait must be told that their last worker has gone, or that one has come. */
const announceEvery = 5000;
/** As many calls of the largest size may be received at a time; of smaller ones more. */
const callsInMemory = 4;

/** Opens the HTTP side of the platform: GraphQL, uploads, downloads, health. @throws {ListenError} */
export async function startServer(platform: Platform): Promise<RunningServer> {
  const findDocument = await findDocumentOf(platform);
  const streams = await openStreams(platform);
  const inference = new Inference(platform);
  const serving = new DeploymentKeeper(platform, inference);
  const budget = new ByteBudget(callsInMemory * platform.config.limits.predictionBytes);
  const rateLimiter = new RateLimiter(platform.client, platform.log, platform.config.operations.rateLimits);
  const authenticator = new Authenticator(platform);
  const services = { platform, streams, serving, rateLimiter, authenticator };
  const { operations } = platform.config;
  const graphql = createGraphQL(services, findDocument);
  let isStopping = false;
  describeInstallation(platform);
  describeServer(platform, streams, graphql.shared);

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = URL.parse(request.url ?? '/', 'http://exemplar');
    if (!url) return sendJson(response, 400, { code: 'BAD_REQUEST', message: 'The target of the request is no path.' });
    // Yoga makes an address of it, and would answer with the stack of what that throws.
    if (!URL.canParse(`http://${request.headers.host ?? 'exemplar'}`))
      return sendJson(response, 400, { code: 'BAD_REQUEST', message: 'The header `host` is no host.' });
    if (answerCors(operations.corsOrigins, request, response)) return;
    const { method } = request;
    if (url.pathname === '/graphql') {
      if (wantsGraphiQL(request) && operations.trustedDocuments === undefined) return sendGraphiQL(response);
      const refusal = refuseBody(request);
      if (refusal) {
        response.setHeader('connection', 'close');
        return sendJson(response, refusal.status, { errors: [{ message: refusal.message }] });
      }
      if (wantsServerSentEvents(request) && (await serveServerSentEvents(graphql, platform.log, request, response)))
        return;
      const type = wantsServerSentEvents(request) ? undefined : jsonPostType(request);
      if (type && (await serveJsonPost(graphql, request, response, type))) return;
      // Read here: that a client leaves in the middle of its request is no defect, as Yoga would have it.
      if (method === 'POST' && !(request as BufferedRequest).body && !(await readBody(request))) return;
      await graphql.yoga(request, response);
      return;
    }
    const upload = /^\/(uploads|base-model-uploads|import-uploads)\/([^/]+)$/.exec(url.pathname);
    if (upload && method === 'PUT') {
      const [, kind, id] = upload as unknown as [string, UploadKind, string];
      return handleUpload(platform, request, response, kind, id, url.searchParams);
    }
    const files = /^\/projects\/([^/]+)\/images$/.exec(url.pathname);
    if (files && method === 'POST') return handleImageFiles(services, request, response, files[1]!, url.searchParams);
    const form = method === 'POST' ? callFormOf(url) : undefined;
    if (form) return handleCall({ ...services, budget }, request, response, form);
    const object = /^\/objects\/(.+)$/.exec(url.pathname);
    if (object && (method === 'GET' || method === 'HEAD'))
      return handleDownload(platform, request, response, object[1]!, url.searchParams);
    if (url.pathname === '/health' && method === 'GET') return sendJson(response, 200, { status: 'ok' });
    if (url.pathname === '/ready' && method === 'GET')
      return isStopping ? sendJson(response, 503, { status: 'stopping' }) : answerReadiness(platform, response);
    if (url.pathname === '/metrics' && method === 'GET')
      return serveMetrics(platform.metrics, operations.metricsToken, request, response);
    if (await handleLogin(services, request, response, url)) return;
    if (url.pathname === '/' && method === 'GET') {
      response.writeHead(302, { location: '/graphql' });
      response.end();
      return;
    }
    sendJson(response, 404, { code: 'NOT_FOUND', message: `Nothing answers ${method} ${url.pathname}.` });
  };

  const connectionsCheckingInterval = headerCheckMilliseconds(operations.requestSeconds);
  const server = createServer({ connectionsCheckingInterval }, (request, response) => {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    setSecurityHeaders(response);
    meterRequest(platform.metrics, request, response);
    limitBodyTime(request, response, operations.requestSeconds);
    // The next request of this connection belongs to another server.
    if (isStopping) response.setHeader('connection', 'close');
    void traceRequest(platform.tracing, request, response, requestId, () =>
      withRequestId(requestId, async () => {
        try {
          await route(request, response);
        } catch (error) {
          platform.log.error(
            { err: error, requestId, url: request.url?.split('?')[0] },
            'a request failed by a defect',
          );
          if (response.headersSent) response.destroy();
          else sendJson(response, 500, { code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.', requestId });
        }
      }),
    );
  });
  limitHeaderTime(server, operations.requestSeconds);
  server.keepAliveTimeout = operations.keepAliveSeconds * 1000;
  const webSocket = serveWebSocket(server, graphql, services);
  const sweep = () => {
    sweepImages(platform);
    return Promise.all([
      deleteExpiredUploads(platform),
      deleteExpiredImportUploads(platform),
      deleteExpiredTransferObjects(platform).then(() => deleteAbandonedObjects(platform)),
      thinProgress(platform, platform.config.streams.progressDays),
      deleteOldWebhookDeliveries(platform),
      deleteOldAuditEvents(platform, operations.auditDays),
      deleteOldProjectEvents(platform, platform.config.streams.progressDays),
      deleteOldSessions(platform),
      deleteOldMinutes(platform),
      deleteExpiredPredictions(platform),
      forgetLostWorkers(platform),
    ]).catch((error) => platform.log.error({ err: error }, 'deleting what is not needed any more failed'));
  };
  const sweeping = setInterval(() => void sweep(), sweepEvery);
  const announcing = setInterval(
    () => platform.background.start('announcing missing workers', () => announceMissingWorkers(platform)),
    announceEvery,
  );
  // What a process before this one has left in the middle need not wait for the first sweep.
  sweepImages(platform);

  const drainMilliseconds = platform.config.drainSeconds * 1000;
  const close = async () => {
    clearInterval(sweeping);
    clearInterval(announcing);
    isStopping = true;
    if (server.listening) await setTimeout(drainMilliseconds);
    await webSocket.close();
    await closeServer(server, Math.max(patienceMilliseconds, drainMilliseconds));
    await graphql.yoga.dispose();
    await serving.close();
    await inference.close();
    await streams.close();
  };
  try {
    await listen(server, platform.config.host, platform.config.port);
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const url = `http://${platform.config.host.includes(':') ? `[${platform.config.host}]` : platform.config.host}:${port}`;
  platform.publicUrl = platform.config.publicUrl ?? url;
  return { url, inference, serving, close };
}

const findDocumentOf = ({ config, log }: Platform): Promise<FindDocument> | undefined => {
  const { trustedDocuments } = config.operations;
  return trustedDocuments === undefined ? undefined : loadTrustedDocuments(trustedDocuments, log);
};

async function answerReadiness(platform: Platform, response: ServerResponse): Promise<void> {
  try {
    await platform.db.execute(sql`select 1`);
    sendJson(response, 200, { status: 'ready' });
  } catch (error) {
    platform.log.warn({ err: error }, 'not ready: the database does not answer');
    sendJson(response, 503, { status: 'unavailable' });
  }
}

function refuseBody(request: IncomingMessage): { status: number; message: string } | undefined {
  if (request.method !== 'POST') return undefined;
  const length = request.headers['content-length'];
  if (length === undefined) return { status: 411, message: 'The request must say its content-length.' };
  if (Number(length) > graphqlLimits.bodyBytes)
    return {
      status: 413,
      message: `The request has ${length} bytes; at most ${graphqlLimits.bodyBytes} are allowed. Pictures go to upload addresses.`,
    };
  return undefined;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(host, port, error.code)));
    server.listen(port, host, () => resolve());
  });
}

function closeServer(server: Server, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeIdleConnections();
    // Event streams never end by themselves: their clients go on at another server, or here after the restart.
    void setTimeout(milliseconds, undefined, { ref: false }).then(() => server.closeAllConnections());
  });
}
