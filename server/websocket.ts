import type { IncomingHttpHeaders, Server } from 'node:http';
import { GraphQLError } from 'graphql';
import { handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { UnauthenticatedError } from '#core/platform/errors.ts';
import { allowsWebSocket } from './cors.ts';
import { prepareOperation, type GraphQLServer, type PreparedOperation, type ServerServices } from './graphql.ts';
import { shareableOf } from './sharing/shareable.ts';
import { SharedMember } from './sharing/shared-member.ts';
import { WebSocketSink } from './sharing/websocket-sink.ts';
import { WebSocketConnection } from './websocket-connection.ts';

const maximumSubscriptions = 20;
const maximumPayloadBytes = 1024 * 1024;

/**
 * GraphQL over WebSocket (graphql-transport-ws) at /graphql. The token comes in `connection_init` as `{ "token": "exm_..." }`, or the cookie of
 * a login with the request that opens the socket, from pages of ours; a bad one closes with 4403. Operations run through Yoga's envelope, so that limits, access and masking are those of HTTP.
 */
export function serveWebSocket(
  server: Server,
  graphql: GraphQLServer,
  services: ServerServices,
): { close: () => Promise<void> } {
  const { platform } = services;
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    handleProtocols,
    maxPayload: maximumPayloadBytes,
    verifyClient: ({ req }, answer) => {
      const allowed = allowsWebSocket(platform.config.operations.corsOrigins, platform.publicUrl, req.headers);
      answer(allowed, 403, 'Pages of this origin are not allowed here (EXEMPLAR_CORS_ORIGINS).');
    },
  });
  // A protocol error of one client is that client's; without a listener it would end the process.
  sockets.on('error', (error) => services.platform.log.warn({ err: error }, 'websocket server'));
  const protocol = makeServer<{ token?: string }, Extra>({
    execute: (args) => {
      const { execute, args: prepared, context } = handedOver(args);
      return execute({ ...prepared, contextValue: context });
    },
    subscribe: (args) => {
      const { socket, id, key, context, ...operation } = handedOver(args);
      if (key === undefined) return operation.subscribe({ ...operation.args, contextValue: context }) as never;
      return SharedMember.open(graphql.shared, { ...operation, key }, context, new WebSocketSink(socket, id)) as never;
    },
    onConnect: async ({ connectionParams, extra }) => {
      try {
        await services.authenticator.viewerOf(extra.headers, connectionParams?.token);
        return true;
      } catch (error) {
        if (error instanceof UnauthenticatedError) return false;
        services.platform.log.warn({ err: error }, 'a websocket client could not be authenticated');
        // Try again later: clients come back after this code, not after graphql-ws' own for what goes wrong within.
        extra.socket.close(1013, 'The server cannot check the token at the moment.');
        return false;
      }
    },
    onSubscribe: async (ctx, id, params) => {
      if (Object.keys(ctx.subscriptions).length > maximumSubscriptions)
        return [new GraphQLError(`A socket may have at most ${maximumSubscriptions} operations at a time.`)];
      try {
        const found = { ...params, query: graphql.findDocument(params) };
        const prepared = await prepareOperation(graphql.yoga, found, {
          headers: ctx.extra.headers,
          connectionToken: ctx.connectionParams?.token,
        });
        if (!('args' in prepared)) return prepared;
        const { schema, document, operationName } = prepared.args;
        const key = shareableOf(document, found)?.key;
        forget(params);
        const rootValue: HandOver = { operation: { ...prepared, socket: ctx.extra.socket, id, key } };
        return { schema, document, operationName, rootValue };
      } catch (error) {
        if (error instanceof GraphQLError) return [error];
        throw error;
      }
    },
  });
  sockets.on('connection', (socket, { headers }) => {
    const connection = new WebSocketConnection(socket, services.platform.log);
    const closed = protocol.opened(connection, { socket, headers });
    graphql.heartbeat.add(connection);
    socket.on('close', (code, reason) => {
      graphql.heartbeat.delete(connection);
      void closed(code, String(reason));
    });
    // ws has closed the socket by then.
    socket.on('error', (error) => services.platform.log.warn({ err: error }, 'a websocket client broke the protocol'));
  });
  return {
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      sockets.removeAllListeners();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/** What graphql-ws keeps of a socket for us; not the request that opened it. */
interface Extra {
  readonly socket: WebSocket;
  readonly headers: IncomingHttpHeaders;
}

/** graphql-ws keeps what a client asked for until the stream ends; once it is prepared nobody asks any more. */
function forget(payload: SubscribePayload): void {
  Object.assign(payload, { query: '', variables: undefined, extensions: undefined });
}

interface SocketOperation extends PreparedOperation {
  readonly socket: WebSocket;
  readonly id: string;
  /** Undefined for what cannot be shared. */
  readonly key: string | undefined;
}

/** Travels as root value from `onSubscribe` to where the operation runs. graphql-ws keeps it as long as the stream: emptied by then. */
interface HandOver {
  operation: SocketOperation | undefined;
}

function handedOver({ rootValue }: { rootValue?: unknown }): SocketOperation {
  const handOver = rootValue as HandOver;
  const operation = handOver.operation!;
  handOver.operation = undefined;
  return operation;
}
