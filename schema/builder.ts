import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import { GraphQLError } from 'graphql';
import type { GraphQLContext } from './context.ts';
import { writeGlobalId } from './global-id.ts';

export interface SchemaTypes {
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    UUID: { Input: string; Output: string };
  };
}

/** Depth, breadth and cost that one operation may have; a list costs its page size. */
export const operationLimits = { depth: 12, breadth: 300, complexity: 5000 };

const measures = { Depth: 'depth', Breadth: 'breadth', Complexity: 'complexity' } as const;

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, RelayPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 10,
    limit: operationLimits,
    complexityError: (kind, result) =>
      new GraphQLError(
        `The operation is too large: its ${kind.toLowerCase()} is ${result[measures[kind]]}; at most ${operationLimits[measures[kind]]} is allowed. Ask for smaller pages or fewer fields.`,
        { extensions: { code: 'COMPLEXITY_LIMIT' } },
      ),
  },
  errors: {
    directResult: true,
    defaultTypes: [],
    defaultUnionOptions: {
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
      description: 'What the mutation made or changed, or the mistake that kept it from that.',
    },
    // Constraint violations and the like are mapped in core; anything that is no UserError is a bug and stays masked.
    unsafelyHandleInputErrors: false,
  },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    nodesOnConnection: { description: 'The items.' },
    nodeTypeOptions: { description: 'Anything with a global id.' },
    idFieldOptions: { description: 'Global id, opaque.' },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    hasNextPageFieldOptions: { description: 'Whether more follows.' },
    hasPreviousPageFieldOptions: { description: 'Whether this is not the first page.' },
    startCursorFieldOptions: { description: 'Cursor of the first item; null when the page is empty.' },
    endCursorFieldOptions: {
      description: 'Cursor of the last item, to pass as `after` for the next page; null when the page is empty.',
    },
    pageInfoFieldOptions: { description: 'Where the page stands in the list.' },
    edgesFieldOptions: { description: 'The items with their cursors.' },
    nodeFieldOptions: { description: 'The item.' },
    cursorFieldOptions: { description: 'Where the item stands: to pass as `after`.' },
    encodeGlobalID: (typename, id) => writeGlobalId(typename, String(id)),
    // Own fields in node.ts; no argument is decoded by the plugin.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

builder.queryType({ description: 'Everything that can be read. Lists are cut to what the viewer may see.' });
builder.mutationType({
  description:
    'Everything that can be changed, one mutation an action. Each answers a union: what it made, or one of the `UserError`s it lists.',
});
builder.subscriptionType({ description: 'Live streams, over WebSocket (graphql-transport-ws) or server-sent events.' });
