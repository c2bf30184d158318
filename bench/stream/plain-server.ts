import { RateLimiter } from '#core/access/rate-limiter.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionArgs } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Platform } from '#core/platform/platform.ts';
import { Authenticator } from '#server/authenticator.ts';
import { createGraphQL } from '#server/graphql.ts';
import { openStreams } from '#server/open-streams.ts';
import { DeploymentKeeper } from '#server/deployment-keeper.ts';
import { Inference } from '#server/inference/inference.ts';

interface Envelope {
  readonly execute: (args: ExecutionArgs) => unknown;
  readonly subscribe: (args: ExecutionArgs) => unknown;
}

/** The peer: the same schema and tables behind Yoga and graphql-ws as their documentation puts them together. */
export async function startPlainServer(platform: Platform): Promise<{ url: string }> {
  const streams = await openStreams(platform);
  const serving = new DeploymentKeeper(platform, new Inference(platform));
  const rateLimiter = new RateLimiter(platform.client, platform.log, { requests: 0, cost: 0 });
  const { yoga } = createGraphQL({
    platform,
    streams,
    serving,
    rateLimiter,
    authenticator: new Authenticator(platform),
  });
  const server = createServer(yoga);
  useServer<{ token?: string }>(
    {
      execute: (args) => (args.rootValue as Envelope).execute(args) as never,
      subscribe: (args) => (args.rootValue as Envelope).subscribe(args) as never,
      onSubscribe: async (ctx, _id, params) => {
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          request: undefined as unknown as Request,
          params,
          connectionToken: ctx.connectionParams?.token,
        });
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
      },
    },
    new WebSocketServer({ server, path: '/graphql' }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
