import type { Server } from 'node:http';
import { GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { authenticate } from '#core/access/access-tokens.ts';
import { UnauthenticatedError } from '#core/platform/errors.ts';
import type { GraphQLServices } from '#schema/context.ts';
import type { createGraphQL } from './graphql.ts';

const maximumSubscriptions = 20;
const maximumPayloadBytes = 1024 * 1024;

/**
 * GraphQL over WebSocket (graphql-transport-ws) at /graphql. The token comes in `connection_init` as `{ "token": "exm_..." }`; a bad
 * one closes with 4403. Operations run through Yoga's envelope, so that limits, access and masking are those of HTTP.
 */
export function serveWebSocket(
  server: Server,
  yoga: ReturnType<typeof createGraphQL>,
  services: GraphQLServices,
): { close: () => Promise<void> } {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: maximumPayloadBytes });
  // A protocol error of one client is that client's; without a listener it would end the process.
  sockets.on('error', (error) => services.platform.log.warn({ err: error }, 'websocket server'));
  const disposable = useServer<{ token?: string }>(
    {
      execute: (args) => (args.rootValue as Envelope).execute(args),
      subscribe: (args) => (args.rootValue as Envelope).subscribe(args),
      onConnect: async ({ connectionParams }) => {
        const token = connectionParams?.token;
        if (token === undefined) return true;
        try {
          await authenticate(services.platform.db, token);
          return true;
        } catch (error) {
          if (error instanceof UnauthenticatedError) return false;
          throw error;
        }
      },
      onSubscribe: async (ctx, _id, params) => {
        if (Object.keys(ctx.subscriptions).length > maximumSubscriptions)
          return [new GraphQLError(`A socket may have at most ${maximumSubscriptions} operations at a time.`)];
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          request: undefined as unknown as Request,
          params,
          connectionToken: ctx.connectionParams?.token,
        });
        try {
          const document = parse(params.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          return {
            schema,
            document,
            operationName: params.operationName,
            variableValues: params.variables,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe } satisfies Envelope,
          };
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

interface Envelope {
  // oxlint-disable-next-line typescript/no-explicit-any -- the envelope's functions take graphql-js' arguments
  execute: (args: any) => any;
  // oxlint-disable-next-line typescript/no-explicit-any
  subscribe: (args: any) => any;
}
