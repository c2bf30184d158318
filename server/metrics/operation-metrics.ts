import { getOperationAST, type DocumentNode, type ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '#core/platform/metrics/metrics.ts';
import type { GraphQLContext } from '#schema/context.ts';

/** Clients choose the names of operations; each one that is counted apart costs memory here and in Prometheus. */
const mostNames = 100;
const longestName = 64;

/** Counts and times operations, over HTTP and WebSocket alike; refusals of those that are not tried a second time (`isTrial`). */
export function operationMetrics(metrics: Metrics): Plugin<GraphQLContext & { isTrial?: boolean }> {
  const names = new Set<string>();
  const nameOf = (document: DocumentNode, operationName: string | null | undefined, { viewer }: GraphQLContext) => {
    const name = getOperationAST(document, operationName)?.name?.value;
    if (name === undefined) return 'anonymous';
    if (names.has(name)) return name;
    // Only those who hold a token can use up the names.
    if (!viewer || names.size >= mostNames || name.length > longestName) return 'other';
    names.add(name);
    return name;
  };
  const refused = (phase: string, { isTrial }: { isTrial?: boolean }) => {
    if (!isTrial) metrics.graphqlRefused.inc({ phase });
  };
  return {
    onParse:
      ({ context }) =>
      ({ result }) => {
        if (result instanceof Error || result === null) refused('parse', context);
      },
    onValidate:
      ({ context }) =>
      ({ valid }) => {
        if (!valid) refused('validate', context);
      },
    onExecute: ({ args }) => {
      const started = performance.now();
      const { document, operationName } = args;
      const context = args.contextValue as GraphQLContext;
      return {
        onExecuteDone: ({ result }) => {
          metrics.graphqlOperation.observe(
            {
              type: getOperationAST(document, operationName)?.operation ?? 'query',
              operation: nameOf(document, operationName, context),
              outcome: (result as ExecutionResult).errors ? 'error' : 'ok',
            },
            (performance.now() - started) / 1000,
          );
        },
      };
    },
    onSubscribe: ({ args: { document, operationName, contextValue } }) => {
      metrics.graphqlSubscriptions.inc({ operation: nameOf(document, operationName, contextValue) });
    },
  };
}
