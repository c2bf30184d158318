import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLNamedType } from 'graphql';
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

test('values of enums are in SCREAMING_CASE', () => {
  const values = types.filter(isEnumType).flatMap((type) => type.getValues().map(({ name }) => name));
  expect(values.filter((name) => !/^[A-Z][A-Z_]*$/.test(name))).toEqual([]);
});
