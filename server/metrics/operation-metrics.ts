import { getOperationAST, type ExecutionArgs, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '#core/platform/metrics/metrics.ts';
import type { GraphQLContext } from '#schema/context.ts';

/** Clients choose the names of operations; each one that is counted apart costs memory here and in Prometheus. */
const mostNames = 100;
const longestName = 64;

/** Counts and times operations, over HTTP and WebSocket alike. */
export class OperationMeter {
  readonly #metrics: Metrics;
  readonly #names = new Set<string>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** Times the execution of a query or mutation, with its context at `contextValue`. Returns what is to be called with its result. */
  execution({ document, operationName, contextValue }: ExecutionArgs): (result: ExecutionResult) => void {
    const started = performance.now();
    return ({ errors }) => {
      const operation = getOperationAST(document, operationName);
      this.#metrics.graphqlOperation.observe(
        {
          type: operation?.operation ?? 'query',
          operation: this.#nameOf(operation, contextValue as GraphQLContext),
          outcome: errors ? 'error' : 'ok',
        },
        (performance.now() - started) / 1000,
      );
    };
  }

  /** Refusals of operations that are not tried a second time (`isTrial`) are counted as well. */
  plugin(): Plugin<GraphQLContext & { isTrial?: boolean }> {
    const refused = (phase: string, { isTrial }: { isTrial?: boolean }) => {
      if (!isTrial) this.#metrics.graphqlRefused.inc({ phase });
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
        const done = this.execution(args);
        return { onExecuteDone: ({ result }) => done(result as ExecutionResult) };
      },
      onSubscribe: ({ args: { document, operationName, contextValue } }) => {
        const operation = this.#nameOf(getOperationAST(document, operationName), contextValue);
        this.#metrics.graphqlSubscriptions.inc({ operation });
      },
    };
  }

  #nameOf(operation: OperationDefinitionNode | null | undefined, { viewer }: GraphQLContext): string {
    const name = operation?.name?.value;
    if (name === undefined) return 'anonymous';
    if (this.#names.has(name)) return name;
    // Only those who hold a token can use up the names.
    if (!viewer || this.#names.size >= mostNames || name.length > longestName) return 'other';
    this.#names.add(name);
    return name;
  }
}
