import { getOperationAST, type ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Tracing } from '#core/platform/tracing/tracing.ts';
import { traceRootFields } from '#schema/trace-root-fields.ts';
import { schema } from '#schema/index.ts';

/** Clients choose the names of operations, of any length. */
const longestName = 64;

/** A span for every query and mutation, over HTTP and WebSocket alike, with one for each of its root fields. Comes after what sets how operations are executed. */
export function tracedOperations(tracing: Tracing): Plugin {
  traceRootFields(schema);
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn(((args: ExecutionArgs) => {
        const operation = getOperationAST(args.document, args.operationName);
        const type = operation?.operation ?? 'query';
        const name = operation?.name?.value.slice(0, longestName);
        return tracing.run(
          name === undefined ? type : `${type} ${name}`,
          {
            attributes: {
              'graphql.operation.type': type,
              ...(name !== undefined && { 'graphql.operation.name': name }),
            },
          },
          async () => executeFn(args),
        );
      }) as typeof executeFn);
    },
  };
}
