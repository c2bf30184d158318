import {
  getNamedType,
  GraphQLID,
  isInputObjectType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** Every place of the schema where a caller can name a thing by id: `Mutation.annotateImages(input.annotations.imageId)`. */
export function idArguments(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : []))
    .flatMap(({ type, field }) =>
      field.args.flatMap((arg) => pathsToIds(arg.type, arg.name).map((path) => `${type.name}.${field.name}(${path})`)),
    )
    .sort();
}

function pathsToIds(type: GraphQLInputType, path: string): string[] {
  const named = getNamedType(type);
  if (named === GraphQLID) return [path];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => pathsToIds(field.type, `${path}.${field.name}`));
}
