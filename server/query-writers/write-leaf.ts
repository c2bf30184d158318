import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';

/** What JSON must escape, and halves of surrogate pairs. */
// oxlint-disable-next-line no-control-regex
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON; what most texts are made of needs no look at each character. */
export const quote = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`);

/** The JSON of a value that is not null, in the way of its type. @throws where graphql-js would make an error of it. */
export type WriteLeaf = (value: unknown) => string;

/** What the type's `serialize` makes of it; null would be an error. */
function serialized(type: GraphQLLeafType, value: unknown): string {
  const result: unknown = type.serialize(value);
  if (result == null) throw new Error(`${type.name} has serialised something as nothing`);
  return typeof result === 'string' ? quote(result) : JSON.stringify(result);
}

const text =
  (type: GraphQLLeafType): WriteLeaf =>
  (value) =>
    typeof value === 'string' ? quote(value) : serialized(type, value);

/** The common values of the types of the specification at once, all others through the type. */
const builtIn: ReadonlyMap<GraphQLLeafType, WriteLeaf> = new Map<GraphQLLeafType, WriteLeaf>([
  [GraphQLID, text(GraphQLID)],
  [GraphQLString, text(GraphQLString)],
  [GraphQLBoolean, (value) => (typeof value === 'boolean' ? String(value) : serialized(GraphQLBoolean, value))],
  [
    GraphQLInt,
    (value) => ((value as number) === ((value as number) | 0) ? `${value as number}` : serialized(GraphQLInt, value)),
  ],
  [GraphQLFloat, (value) => (Number.isFinite(value) ? `${value as number}` : serialized(GraphQLFloat, value))],
]);

export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const names = new Map(type.getValues().map(({ name, value }) => [value as unknown, `"${name}"`]));
    return (value) => names.get(value) ?? serialized(type, value);
  }
  return builtIn.get(type) ?? ((value) => serialized(type, value));
}
