import type { Server } from 'node:http';
import { GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { UnauthenticatedError } from '#core/platform/errors.ts';
import { allowsWebSocket } from './cors.ts';
import { prepareOperation, type GraphQLServer, type PreparedOperation, type ServerServices } from './graphql.ts';
import { shareableOf } from './sharing/shareable.ts';
import { SharedMember } from './sharing/shared-member.ts';
import { WebSocketSink } from './sharing/websocket-sink.ts';

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
    maxPayload: maximumPayloadBytes,
    verifyClient: ({ req }, answer) => {
      const allowed = allowsWebSocket(platform.config.operations.corsOrigins, platform.publicUrl, req.headers);
      answer(allowed, 403, 'Pages of this origin are not allowed here (EXEMPLAR_CORS_ORIGINS).');
    },
  });
  // A protocol error of one client is that client's; without a listener it would end the process.
  sockets.on('error', (error) => services.platform.log.warn({ err: error }, 'websocket server'));
  const disposable = useServer<{ token?: string }>(
    {
      execute: (args) => {
        const { execute, args: prepared, context } = handedOver(args);
        return execute({ ...prepared, contextValue: context });
      },
      subscribe: (args) => {
        const { socket, id, key, context, ...operation } = handedOver(args);
        if (key === undefined) return operation.subscribe({ ...operation.args, contextValue: context }) as never;
        return SharedMember.open(
          graphql.shared,
          { ...operation, key },
          context,
          new WebSocketSink(socket, id),
        ) as never;
      },
      onConnect: async ({ connectionParams, extra }) => {
        try {
          await services.authenticator.viewerOf(extra.request.headers, connectionParams?.token);
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
            headers: ctx.extra.request.headers,
            connectionToken: ctx.connectionParams?.token,
          });
          if (!('args' in prepared)) return prepared;
          const { schema, document, operationName } = prepared.args;
          const key = shareableOf(document, found)?.key;
          const rootValue: HandOver = { operation: { ...prepared, socket: ctx.extra.socket, id, key } };
          return { schema, document, operationName, rootValue };
        } catch (error) {
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
    },
    sockets,
  );
  // After useServer's own listeners: it writes what a client did wrong to the console. ws has closed the socket by then.
  sockets.on('connection', (socket) =>
    socket
      .removeAllListeners('error')
      .on('error', (error) => services.platform.log.warn({ err: error }, 'a websocket client broke the protocol')),
  );
  return {
    close: async () => {
      await disposable.dispose();
    },
  };
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
