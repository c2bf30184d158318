import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from './index.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

type Described = readonly [path: string, description: string | null | undefined];

/** Everything inside a type that a reader of the contract can point at. */
function partsOf(type: GraphQLNamedType): Described[] {
  if (isEnumType(type))
    return type.getValues().map(({ name, description }) => [`${type.name}.${name}`, description] as const);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map(
      ({ name, description }) => [`${type.name}.${name}`, description] as const,
    );
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, description, args }) => [
    [`${type.name}.${name}`, description] as const,
    ...args.map((arg) => [`${type.name}.${name}(${arg.name})`, arg.description] as const),
  ]);
}

test('every type, field, argument, input field and enum value says what it is', () => {
  const all = types.flatMap((type) => [[type.name, type.description] as const, ...partsOf(type)]);
  expect(all.length).toBeGreaterThan(500);
  expect(all.filter(([, description]) => !/[.:,]$/.test(description ?? '')).map(([path]) => path)).toEqual([]);
});

/** Deprecated parts whose reason does not say from when on they may be gone. */
function undatedDeprecations(of: GraphQLSchema): string[] {
  return Object.values(of.getTypeMap()).flatMap((type) => {
    const parts = isEnumType(type)
      ? type.getValues()
      : isInputObjectType(type)
        ? Object.values(type.getFields())
        : isObjectType(type) || isInterfaceType(type)
          ? Object.values(type.getFields()).flatMap((field) => [field, ...field.args])
          : [];
    return parts
      .filter(
        ({ deprecationReason }) => deprecationReason && !/Removal after \d{4}-\d\d-\d\d\.$/.test(deprecationReason),
      )
      .map(({ name }) => `${type.name}.${name}`);
  });
}

test('what is deprecated says from when on it may be gone', () => {
  expect(undatedDeprecations(schema)).toEqual([]);
  const sample = buildSchema(`type Query {
    a: Int @deprecated(reason: "Use b. Removal after 2027-06-01.")
    b(x: Int @deprecated(reason: "Useless.")): E @deprecated
  }
  enum E { OLD @deprecated(reason: "Removal some day.") NEW }`);
  expect(undatedDeprecations(sample)).toEqual(['Query.b', 'Query.x', 'E.OLD']);
});

test('values of enums are in SCREAMING_CASE', () => {
  const values = types.filter(isEnumType).flatMap((type) => type.getValues().map(({ name }) => name));
  expect(values.filter((name) => !/^[A-Z][A-Z_]*$/.test(name))).toEqual([]);
});

test('what stands in for an interface has fields of one name in one type, so that one selection can name them all', () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInterfaceType(type) || type.name === 'Node') continue;
    const types = new Map<string, Set<string>>();
    for (const object of schema.getPossibleTypes(type))
      for (const field of Object.values(object.getFields()))
        types.set(field.name, (types.get(field.name) ?? new Set()).add(String(field.type)));
    const torn = [...types].filter(([, each]) => each.size > 1).map(([name, each]) => [type.name, name, ...each]);
    expect(torn).toEqual([]);
  }
});

test('events show the same to everybody who may see them: no node, and so no access check, can be reached from one', () => {
  const reached = new Set<string>();
  const visit = (type: GraphQLOutputType): void => {
    const named = getNamedType(type);
    if (reached.has(named.name)) return;
    reached.add(named.name);
    if (isInterfaceType(named)) for (const object of schema.getPossibleTypes(named)) visit(object);
    if (isObjectType(named)) for (const field of Object.values(named.getFields())) visit(field.type);
  };
  for (const field of Object.values(schema.getSubscriptionType()!.getFields())) visit(field.type);
  expect(reached.size).toBeGreaterThan(10);
  for (const name of reached) {
    const type = schema.getType(name);
    if (isObjectType(type)) expect(type.getInterfaces().map(String)).not.toContain('Node');
  }
});

test('a page costs as much as it can hold, whatever the client says', () => {
  const pages = types
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, field })))
    .filter(
      ({ field }) => field.args.some(({ name }) => name === 'after') && field.args.some(({ name }) => name === 'first'),
    );
  expect(pages.length).toBeGreaterThan(10);
  // `nodes` and `edges`, which every page is read through, count ten by themselves.
  const cost = (field: GraphQLField<unknown, unknown>, first: number): unknown => {
    const { complexity } = field.extensions as { complexity?: unknown };
    return typeof complexity === 'function' ? (complexity as (args: object) => unknown)({ first }) : complexity;
  };
  expect(
    pages
      .filter(({ field }) => (cost(field, 100) as { multiplier?: number })?.multiplier !== 100 / 10)
      .map(({ path }) => path),
  ).toEqual([]);
});
