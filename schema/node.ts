import { resolveNodes } from '@pothos/plugin-relay';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { ValidationError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { readGlobalId } from './global-id.ts';

/* The plugin's own `node` and `nodes` fail on ids that name no node, and take any number of them. */
const NodeInterface = builder.nodeInterfaceRef();
const maximumNodes = 100;

/** Null when the id is malformed or names something that is no node. */
function readNodeId(schema: GraphQLSchema, globalId: string): { typename: string; id: string } | null {
  const parsed = readGlobalId(globalId);
  const type = parsed && schema.getType(parsed.typename);
  return isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Node') ? parsed! : null;
}

builder.queryField('node', (t) =>
  t.field({
    type: NodeInterface,
    nullable: true,
    description: 'Anything with a global id; null when there is no such thing that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The thing.' }) },
    resolve: async (_root, { id }, ctx, info) => {
      const [node] = await resolveNodes(builder, ctx, info, [readNodeId(info.schema, id)]);
      return node ?? null;
    },
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [NodeInterface],
    nullable: { list: false, items: true },
    description: 'Up to 100 things by their global ids, in the order asked; null in place of what `node` has none of.',
    args: { ids: t.arg.idList({ required: true, description: 'The things.' }) },
    complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }),
    resolve: (_root, { ids }, ctx, info) => {
      if (ids.length > maximumNodes)
        throw new ValidationError([{ path: ['ids'], message: `must hold at most ${maximumNodes} ids` }]);
      return resolveNodes(
        builder,
        ctx,
        info,
        ids.map((id) => readNodeId(info.schema, id)),
      );
    },
  }),
);
