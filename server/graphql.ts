import { blockFieldSuggestionsPlugin } from '@escape.tech/graphql-armor-block-field-suggestions';
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { createYoga } from 'graphql-yoga';
import { authenticate } from '#core/access/access-tokens.ts';
import type { Viewer } from '#core/access/viewer.ts';
import { UnauthenticatedError } from '#core/platform/errors.ts';
import { createContext, unauthenticated, type GraphQLContext, type GraphQLServices } from '#schema/context.ts';
import { schema } from '#schema/index.ts';
import { createMaskError } from './mask-error.ts';
import { currentRequestId } from './request-id.ts';

export const graphqlLimits = { bodyBytes: 1024 * 1024, tokens: 2000, aliases: 30 };

/** Narrow, since GraphiQL gives it half of the window. */
const welcome = `# Exemplar. Put your access token below, under Headers:
#   { "authorization": "Bearer exm_..." }

query Projects {
  viewer { user { name isAdministrator } }
  projects {
    nodes {
      id name imageCount
      labels { name imageCount }
      trainings(first: 3) {
        nodes { id versionLabel state }
      }
    }
  }
}

# The id of a training goes under Variables:
#   { "trainingId": "Training_..." }

subscription Watch($trainingId: ID!) {
  trainingEvents(trainingId: $trainingId) {
    __typename
    sequence
    ... on TrainingProgressed {
      phase done total etaSeconds
    }
    ... on TrainingEpochCompleted {
      epoch loss
      metrics {
        accuracy
        classStatistics {
          labelName precision recall f1 support
        }
      }
    }
    ... on TrainingStateChanged {
      state stopReason failure { message hint }
    }
  }
}
`;

/** What a WebSocket operation brings besides the request: the token of `connection_init`. */
interface ServerContext {
  readonly connectionToken?: string | undefined;
}

/** One execution path for HTTP, server-sent events and WebSocket: the same limits, access checks and masking. */
export function createGraphQL(services: GraphQLServices) {
  const { platform } = services;
  return createYoga<ServerContext, GraphQLContext>({
    schema,
    graphqlEndpoint: '/graphql',
    multipart: false,
    batching: false,
    landingPage: false,
    cors: { origin: '*', credentials: false },
    logging: {
      debug: (...args) => platform.log.debug({ args }, 'yoga'),
      info: (...args) => platform.log.debug({ args }, 'yoga'),
      warn: (...args) => platform.log.warn({ args }, 'yoga'),
      // Every error that was masked, also a mistake of the caller: maskError has logged those that are defects.
      error: (...args) => platform.log.debug({ args }, 'yoga'),
    },
    renderGraphiQL,
    graphiql: { title: 'Exemplar', defaultQuery: welcome },
    maskedErrors: { maskError: createMaskError(platform.log), errorMessage: 'Unexpected error.' },
    plugins: [
      maxTokensPlugin({ n: graphqlLimits.tokens }),
      maxAliasesPlugin({ n: graphqlLimits.aliases, allowList: [] }),
      blockFieldSuggestionsPlugin(),
    ],
    context: async ({ request, connectionToken }) => {
      const token = connectionToken ?? bearerToken(request?.headers.get('authorization'));
      return createContext(services, await viewerOf(services, token), currentRequestId());
    },
  });
}

async function viewerOf(services: GraphQLServices, token: string | undefined): Promise<Viewer | undefined> {
  if (token === undefined) return undefined;
  try {
    return await authenticate(services.platform.db, token);
  } catch (error) {
    throw error instanceof UnauthenticatedError ? unauthenticated(error.message) : error;
  }
}

/** @throws UNAUTHENTICATED when there is an authorization header that is no bearer token. */
function bearerToken(header: string | null | undefined): string | undefined {
  if (header == null) return undefined;
  const match = /^Bearer +(\S+)$/i.exec(header);
  if (!match) throw unauthenticated('The authorization header must look like `Bearer exm_...`.');
  return match[1];
}
