import { isObjectType, type GraphQLSchema } from 'graphql';
import type { SpanAttributes } from '#core/platform/tracing/tracing.ts';
import type { GraphQLContext } from './context.ts';
import { readGlobalId } from './global-id.ts';

const traced = new WeakSet<GraphQLSchema>();

/**
 * Makes a span of every field of the queries and mutations of a schema; those deeper would be more spans than anybody reads. Changes the
 * schema in place, once: called only where traces are wanted.
 */
export function traceRootFields(schema: GraphQLSchema): void {
  if (traced.has(schema)) return;
  traced.add(schema);
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const resolve = field.resolve!;
      const name = `${type!.name}.${field.name}`;
      field.resolve = (source, args, context: GraphQLContext, info) =>
        context.platform.tracing.run(name, { attributes: idsIn(args) }, async () =>
          resolve(source, args, context, info),
        );
    }
}

const attributeOf: Readonly<Record<string, string>> = {
  Project: 'exemplar.project_id',
  Training: 'exemplar.training_id',
  Deployment: 'exemplar.deployment_id',
};

/** The ids of the things that an operation is about; nothing else of its arguments. */
function idsIn(args: Record<string, unknown>): SpanAttributes {
  const attributes: Record<string, string> = {};
  const { input } = args;
  for (const value of [
    ...Object.values(args),
    ...(input !== null && typeof input === 'object' ? Object.values(input) : []),
  ]) {
    const id = typeof value === 'string' ? readGlobalId(value) : undefined;
    const name = id && attributeOf[id.typename];
    if (name) attributes[name] = value as string;
  }
  return attributes;
}
