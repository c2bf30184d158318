import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Log } from '#core/platform/log.ts';
import { prepareOperation, type GraphQLServer } from './graphql.ts';
import type { Heartbeat } from './heartbeat.ts';
import { parseOperation, readBody, type BufferedRequest, type OperationParams } from './read-operation.ts';
import { ServerSentEventSink } from './sharing/server-sent-event-sink.ts';
import { shareableOf } from './sharing/shareable.ts';
import { SharedMember } from './sharing/shared-member.ts';

/** Whether the client asks for server-sent events before anything else. */
export const wantsServerSentEvents = (request: IncomingMessage): boolean =>
  request.method === 'POST' && /^\s*text\/event-stream\b/i.test(request.headers.accept ?? '');

/**
 * Serves a subscription as server-sent events (`event: next` with the result, `event: complete`), sharing the work with all who watch the
 * same. Everything else, also what is wrong with the request, is left to Yoga: then this answers false and the body is at
 * `request.body`.
 */
export async function serveServerSentEvents(
  graphql: GraphQLServer,
  log: Log,
  request: BufferedRequest,
  response: ServerResponse,
): Promise<boolean> {
  if (!(await readBody(request))) return true;
  const params = parseOperation(request.body!, graphql.findDocument);
  if (!params) return false;
  const sink = new ServerSentEventSink(response);
  const member = await open(graphql, params, request.headers, sink);
  if (!member) return false;
  forget(request);
  // Not awaited: a stream may last for days, and what was needed to open it should not.
  stream(response, member, sink, graphql.heartbeat).catch((error: unknown) => {
    log.error({ err: error }, 'a stream of events failed by a defect');
    response.destroy();
  });
  return true;
}

/** Node keeps a request as long as its answer lasts; all that was needed of this one has been read. */
function forget(request: BufferedRequest): void {
  request.body = undefined;
  request.headers = {};
  request.rawHeaders = [];
}

async function stream(
  response: ServerResponse,
  member: SharedMember,
  sink: ServerSentEventSink,
  heartbeat: Heartbeat,
): Promise<void> {
  if (response.destroyed) {
    await member.return();
    return;
  }
  response.socket!.setTimeout(0);
  response.socket!.setNoDelay(true);
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'content-encoding': 'none',
    connection: 'keep-alive',
  });
  response.cork();
  // By themselves, not as a part of what is written: Node keeps what it has put together until the end.
  response.flushHeaders();
  // Some clients wait for the first byte of the body.
  response.write(':\n\n');
  response.uncork();
  heartbeat.add(sink);
  response.on('close', () => {
    heartbeat.delete(sink);
    void member.return();
  });
  try {
    await member.next();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    response.write(`event: next\ndata: ${JSON.stringify({ errors: [error] })}\n\n`);
  }
  response.end('event: complete\ndata:\n\n');
}

/** The watcher; undefined when this is no shareable subscription, or is refused. */
async function open(
  graphql: GraphQLServer,
  params: OperationParams,
  headers: IncomingHttpHeaders,
  sink: ServerSentEventSink,
): Promise<SharedMember | undefined> {
  try {
    const prepared = await prepareOperation(graphql.yoga, params, { headers, isTrial: true });
    if (!('args' in prepared)) return undefined;
    const shareable = shareableOf(prepared.args.document, params);
    if (!shareable) return undefined;
    const member = await SharedMember.open(graphql.shared, { ...prepared, key: shareable.key }, prepared.context, sink);
    return member instanceof SharedMember ? member : undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
