import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Log } from '#core/platform/log.ts';
import { prepareOperation, type GraphQLServer } from './graphql.ts';
import { parseOperation, readBody, type BufferedRequest, type OperationParams } from './read-operation.ts';
import { ServerSentEventSink } from './sharing/server-sent-event-sink.ts';
import { shareableOf } from './sharing/shareable.ts';
import { SharedMember } from './sharing/shared-member.ts';

const pingMilliseconds = 12_000;

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
  delete request.body;
  // Not awaited: a stream may last for days, and what was needed to open it should not.
  stream(response, member).catch((error: unknown) => {
    log.error({ err: error }, 'a stream of events failed by a defect');
    response.destroy();
  });
  return true;
}

async function stream(response: ServerResponse, member: SharedMember): Promise<void> {
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
  // Some clients wait for the first byte of the body.
  response.write(':\n\n');
  const ping = setInterval(() => {
    if (response.writableLength === 0) response.write(':\n\n');
  }, pingMilliseconds);
  response.once('close', () => {
    clearInterval(ping);
    void member.return();
  });
  try {
    for await (const result of member)
      if (!response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`) && !response.destroyed)
        await drained(response);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    response.write(`event: next\ndata: ${JSON.stringify({ errors: [error] })}\n\n`);
  }
  response.end('event: complete\ndata:\n\n');
}

/** Until more can be written, or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
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
