import { complexityFromQuery } from '@pothos/plugin-complexity';
import { GraphQLError, Kind, getOperationAST, type ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RateLimiter } from '#core/access/rate-limiter.ts';
import type { Viewer } from '#core/access/viewer.ts';
import { operationLimits } from '#schema/builder.ts';
import type { GraphQLContext } from '#schema/context.ts';

/** Charges every operation of a token, over any transport, before it runs. */
export function rateLimits(limiter: RateLimiter): Plugin<GraphQLContext> {
  const charge = (args: ExecutionArgs, refuse: (result: Refusal) => void) => {
    const answer = chargeOperation(limiter, args);
    const check = (refusal: Refusal | undefined) => {
      if (refusal) refuse(refusal);
    };
    return answer instanceof Promise ? answer.then(check) : check(answer);
  };
  return {
    onExecute: ({ args, setResultAndStopExecution }) => charge(args, setResultAndStopExecution),
    onSubscribe: ({ args, setResultAndStopExecution }) => charge(args, setResultAndStopExecution),
  };
}

type Refusal = { errors: GraphQLError[] };

/** Charges one operation, with its context at `contextValue`: at once where there is an allowance. @returns what to answer instead of running it. */
export function chargeOperation(
  limiter: RateLimiter,
  args: ExecutionArgs,
): Refusal | undefined | Promise<Refusal | undefined> {
  const refusalOf = (seconds: number | undefined) =>
    seconds === undefined ? undefined : { errors: [rateLimited(seconds)] };
  const answer = secondsToWait(limiter, (args.contextValue as GraphQLContext).viewer, () => costOf(args));
  return answer instanceof Promise ? answer.then(refusalOf) : refusalOf(answer);
}

/** Charges a request of whoever came with a token. */
export const secondsToWait = (limiter: RateLimiter, viewer: Viewer | undefined, cost: () => number) =>
  viewer?.tokenId == null ? undefined : limiter.take(viewer.tokenId, cost());

export const rateLimitMessage = (seconds: number): string =>
  `This access token has asked for too much in this minute. Try again in ${seconds} s.`;

function rateLimited(seconds: number): GraphQLError {
  const http = { status: 429, headers: { 'retry-after': String(seconds) } };
  return new GraphQLError(rateLimitMessage(seconds), {
    extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds, http },
  });
}

/** What the limit of one operation measures. What is refused for its size or its variables costs next to nothing. */
function costOf({ schema, document, operationName, variableValues }: ExecutionArgs): number {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 1;
  // Without the other operations of the document: the first would be measured.
  const definitions = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const alone = { kind: Kind.DOCUMENT, definitions: [operation, ...definitions] } as const;
  try {
    const { complexity } = complexityFromQuery(alone, { schema, variables: variableValues ?? {} });
    return complexity > operationLimits.complexity ? 1 : Math.max(1, Math.ceil(complexity));
  } catch {
    return 1;
  }
}
