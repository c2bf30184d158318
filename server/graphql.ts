import { blockFieldSuggestionsPlugin } from '@escape.tech/graphql-armor-block-field-suggestions';
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import {
  execute as graphqlExecute,
  GraphQLError,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { RateLimiter } from '#core/access/rate-limiter.ts';
import type { Viewer } from '#core/access/viewer.ts';
import { ForeignPageError, UnauthenticatedError, UnavailableError } from '#core/platform/errors.ts';
import { createContext, unauthenticated, type GraphQLContext, type GraphQLServices } from '#schema/context.ts';
import { schema } from '#schema/index.ts';
import type { Authenticator } from './authenticator.ts';
import { Heartbeat } from './heartbeat.ts';
import { OperationMeter } from './metrics/operation-metrics.ts';
import { createMaskError } from './mask-error.ts';
import { QueryExecution } from './query-writers/query-execution.ts';
import { rateLimits } from './rate-limits.ts';
import { anyDocument, trustedDocuments, type FindDocument } from './trusted-documents.ts';
import { limitNesting } from './nesting-limit.ts';
import { currentRequestId } from './request-id.ts';
import { tracedOperations } from './traced-operations.ts';
import { SharedSubscriptions, type SharedOperation } from './sharing/shared-subscriptions.ts';

const maskedMessage = 'Unexpected error.';

export const graphqlLimits = { bodyBytes: 1024 * 1024, tokens: 2000, nesting: 100, aliases: 30 };

/** graphql-js instead of Yoga's executor, which pays for incremental delivery and cancellation that nothing here uses. */
const plainExecution: Plugin = {
  onExecute: ({ setExecuteFn }) => setExecuteFn(graphqlExecute as ExecuteFunction),
};

type ExecuteFunction = Parameters<Parameters<NonNullable<Plugin['onExecute']>>[0]['setExecuteFn']>[0];

/** What an operation brings to say who asks. */
interface ServerContext {
  /** From Yoga, for its own requests. */
  readonly req?: IncomingMessage;
  /** From our own transports: of the request, or of the one that opened the socket. */
  readonly headers?: IncomingHttpHeaders;
  /** Of `connection_init`. */
  readonly connectionToken?: string | undefined;
  /** Whether Yoga gets the request as well if this way refuses it: the refusal is counted there. */
  readonly isTrial?: boolean;
}

/** One execution path for HTTP, server-sent events and WebSocket: the same limits, access checks and masking. */
export function createGraphQL(services: ServerServices, findDocument: FindDocument = anyDocument) {
  const { platform } = services;
  const maskError = createMaskError(platform.log);
  const meter = new OperationMeter(platform.metrics);
  const contextOf = async (headers: IncomingHttpHeaders, connectionToken?: string) => {
    const viewer = await viewerOf(services.authenticator, headers, connectionToken);
    return createContext(services, viewer, currentRequestId());
  };
  const yoga = createYoga<ServerContext, GraphQLContext>({
    schema,
    graphqlEndpoint: '/graphql',
    multipart: false,
    batching: false,
    extraParamNames: ['documentId'],
    landingPage: false,
    // Before Yoga, for all routes alike (cors.ts).
    cors: false,
    logging: {
      debug: (...args) => platform.log.debug({ args }, 'yoga'),
      info: (...args) => platform.log.debug({ args }, 'yoga'),
      warn: (...args) => platform.log.warn({ args }, 'yoga'),
      // Every error that was masked, also a mistake of the caller: maskError has logged those that are defects.
      error: (...args) => platform.log.debug({ args }, 'yoga'),
    },
    graphiql: false,
    // Errors are not kept: a refusal out of the cache would not be counted.
    parserAndValidationCache: { errorCache: { get: () => undefined, set: () => {} } },
    maskedErrors: { maskError, errorMessage: maskedMessage },
    plugins: [
      ...(findDocument === anyDocument ? [] : [trustedDocuments(findDocument)]),
      maxTokensPlugin({ n: graphqlLimits.tokens }),
      limitNesting(graphqlLimits.nesting),
      maxAliasesPlugin({ n: graphqlLimits.aliases, allowList: [] }),
      blockFieldSuggestionsPlugin(),
      plainExecution,
      ...(platform.tracing.isOn ? [tracedOperations(platform.tracing)] : []),
      meter.plugin(),
      rateLimits(services.rateLimiter),
    ],
    context: ({ req, headers, connectionToken }) => contextOf(headers ?? req?.headers ?? {}, connectionToken),
  });
  const mask = (error: unknown) => maskError(error, maskedMessage);
  /** Runs a prepared query or mutation. What its execution throws is a part of the answer. */
  const execute = async ({ args, context, execute: run }: PreparedOperation): Promise<ExecutionResult> => {
    try {
      return await run({ ...args, contextValue: context });
    } catch (error) {
      return { errors: [mask(error)] };
    }
  };
  const queries = platform.tracing.isOn ? undefined : new QueryExecution({ ...services, meter, mask });
  const shared = new SharedSubscriptions(services, mask);
  return { yoga, findDocument, contextOf, execute, queries, shared, heartbeat: new Heartbeat() };
}

/** What this process has one of, for all requests. */
export interface ServerServices extends GraphQLServices {
  readonly rateLimiter: RateLimiter;
  readonly authenticator: Authenticator;
}

export type GraphQLServer = ReturnType<typeof createGraphQL>;

/**
 * Takes an operation through Yoga's envelope up to its execution. @throws {GraphQLError} of the context. Errors of the document are the
 * answer.
 */
export async function prepareOperation(
  yoga: GraphQLServer['yoga'],
  params: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Record<string, unknown> | null | undefined;
  },
  server: ServerContext,
): Promise<readonly GraphQLError[] | PreparedOperation> {
  const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
    request: undefined as unknown as Request,
    params,
    ...server,
  });
  const document: DocumentNode = parse(params.query);
  const errors: readonly GraphQLError[] = validate(schema, document);
  if (errors.length > 0) return errors;
  const args = {
    schema,
    document,
    operationName: params.operationName,
    variableValues: params.variables,
  };
  return { args, context: await contextFactory(), execute, subscribe };
}

export interface PreparedOperation extends Omit<SharedOperation, 'key'> {
  readonly context: GraphQLContext;
  readonly execute: (args: ExecutionArgs) => Promise<ExecutionResult>;
}

async function viewerOf(
  authenticator: Authenticator,
  headers: IncomingHttpHeaders,
  connectionToken: string | undefined,
): Promise<Viewer | undefined> {
  try {
    return await authenticator.viewerOf(headers, connectionToken);
  } catch (error) {
    if (error instanceof ForeignPageError) throw refused(error.message, 'FORBIDDEN', 403);
    if (error instanceof UnauthenticatedError) throw unauthenticated(error.message);
    if (!(error instanceof UnavailableError)) throw error;
    const { code, reason, message, retryAfterSeconds } = error;
    throw refused(message, code, 503, { reason, retryAfterSeconds });
  }
}

const refused = (message: string, code: string, status: number, more: object = {}) =>
  new GraphQLError(message, { extensions: { code, ...more, http: { status } } });
