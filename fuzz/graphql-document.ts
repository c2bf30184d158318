import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Draw } from './draw.ts';
import { wildJson } from './mutate-json.ts';
import { wildNumbers, wildText } from './wild-text.ts';

export interface Operation {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Ids that may be put where an id of such a thing is asked for, also those of things that the caller may not see, and what is no id. */
export type PickId = (typename: string, draw: Draw) => string;

/** How often a value is another one than its type wants. */
const wildShare = 0.025;
const mostDepth = 6;

/** Draws operations from a schema: valid ones for the most part, so that they come to run, with values that are wrong here and there. */
export class DocumentGenerator {
  readonly #schema: GraphQLSchema;
  readonly #draw: Draw;
  readonly #pickId: PickId;
  readonly #variables: { name: string; type: string; value: unknown }[] = [];
  readonly #fragments: string[] = [];
  #fields = 0;

  constructor(schema: GraphQLSchema, draw: Draw, pickId: PickId) {
    this.#schema = schema;
    this.#draw = draw;
    this.#pickId = pickId;
  }

  operation(): Operation {
    const draw = this.#draw;
    const type = draw.pick(['query', 'query', 'query', 'mutation', 'mutation', 'subscription'] as const);
    const root = {
      query: this.#schema.getQueryType(),
      mutation: this.#schema.getMutationType(),
      subscription: this.#schema.getSubscriptionType(),
    }[type]!;
    const fields = Object.values(root.getFields());
    const count = type === 'query' ? 1 + draw.integer(3) : 1;
    const picked = new Set(Array.from({ length: count }, () => draw.pick(fields)));
    const selections = [...picked].map((field) => this.#field(field, mostDepth));
    const variables = this.#variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const name = draw.chance(0.5) ? ' Fuzzed' : '';
    const query = `${type}${name}${variables && `(${variables})`} { ${selections.join(' ')} } ${this.#fragments.join(' ')}`;
    return { type, query, variables: Object.fromEntries(this.#variables.map(({ name, value }) => [name, value])) };
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const draw = this.#draw;
    this.#fields++;
    const args = field.args.flatMap((arg) => this.#argument(arg, field));
    const alias = draw.chance(0.1) ? `a${draw.integer(40)}: ` : '';
    const called = `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.#directive()}`;
    const named = getNamedType(field.type);
    return isCompositeType(named) ? `${called} { ${this.#selection(named, depth - 1)} }` : called;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    const draw = this.#draw;
    const parts: string[] = draw.chance(0.3) ? ['__typename'] : [];
    if (isAbstractType(type)) {
      // Of one more often than of several: their fields of one name and different types may not stand side by side.
      const possible = this.#schema.getPossibleTypes(type);
      const chosen = draw.chance(0.7) ? [draw.pick(possible)] : possible.filter(() => draw.chance(0.4));
      for (const each of chosen)
        parts.push(`... on ${each.name}${this.#directive()} { ${this.#selection(each, depth)} }`);
    } else if (isObjectType(type)) {
      const fields = Object.values(type.getFields());
      const picked = new Set(Array.from({ length: 1 + draw.integer(5) }, () => draw.pick(fields)));
      for (const field of picked)
        if (this.#fields < 60 && (depth > 0 || !isCompositeType(getNamedType(field.type))))
          parts.push(this.#field(field, depth));
      if ('id' in type.getFields() && draw.chance(0.7)) parts.push('id');
    }
    if (parts.length === 0) return '__typename';
    if (!isObjectType(type) || !draw.chance(0.1)) return parts.join(' ');
    const name = `F${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${parts.join(' ')} }`);
    return draw.chance(0.97) ? `...${name}` : `...${name} ...F${draw.integer(this.#fragments.length + 1)}`;
  }

  #directive(): string {
    if (!this.#draw.chance(0.015)) return '';
    return this.#draw.pick([
      ' @skip(if: false)',
      ' @include(if: true)',
      ' @skip(if: true)',
      ' @include(if: null)',
      ' @none',
      ' @skip',
      ' @deprecated',
      ' @skip(if: false) @skip(if: false)',
    ]);
  }

  #argument(arg: GraphQLArgument, field: GraphQLField<unknown, unknown>): string[] {
    const draw = this.#draw;
    const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!draw.chance(isRequired ? 0.98 : 0.4)) return [];
    const value = this.#value(arg.type, arg.name === 'id' ? field.name : arg.name);
    if (!draw.chance(0.7)) return [`${arg.name}: ${literal(value, arg.type)}`];
    const name = `v${this.#variables.length}`;
    this.#variables.push({
      name,
      type: draw.chance(0.98) ? String(arg.type) : draw.pick(['Int', 'String!', '[ID]', 'None']),
      value,
    });
    return [`${arg.name}: $${name}`];
  }

  /** JSON of the type; `name` tells what an id should be of. */
  #value(type: GraphQLInputType, name: string): unknown {
    const draw = this.#draw;
    if (draw.chance(wildShare)) return wildJson(draw);
    if (isNonNullType(type)) return this.#value(type.ofType, name);
    if (draw.chance(0.03)) return null;
    if (isListType(type)) return draw.some(draw.chance(0.05) ? 120 : 3, () => this.#value(type.ofType, name));
    if (isInputObjectType(type)) return this.#object(Object.values(type.getFields()), type.isOneOf);
    if (isEnumType(type)) return draw.pick(type.getValues()).name;
    switch (type.name) {
      case 'ID':
        return this.#pickId(idTypeOf(name), draw);
      case 'Int':
        return draw.chance(0.7) ? draw.integer(20) : draw.pick(wildNumbers);
      case 'Float':
        return draw.chance(0.7) ? draw.integer(11) / 10 : draw.pick(wildNumbers);
      case 'Boolean':
        return draw.chance(0.5);
      case 'DateTime':
        return draw.pick([
          '2026-11-26T00:00:00.000Z',
          '2030-01-01T00:00:00Z',
          '2026-11-26T24:00:00Z',
          '-271821-04-20T00:00:00Z',
        ]);
      case 'UUID':
        return `00000000-0000-4000-8000-00000000000${draw.integer(10)}`;
      default:
        return draw.chance(0.5) ? `text ${draw.integer(5)}` : wildText(draw);
    }
  }

  #object(fields: readonly GraphQLInputField[], isOneOf: boolean): Record<string, unknown> {
    const draw = this.#draw;
    const chosen =
      isOneOf && draw.chance(0.95)
        ? [draw.pick(fields)]
        : fields.filter((field) => draw.chance(isNonNullType(field.type) ? 0.99 : 0.4));
    return Object.fromEntries(chosen.map((field) => [field.name, this.#value(field.type, field.name)]));
  }
}

/** `projectId`, `imageIds`, `project(id:)`: what the id is of. */
function idTypeOf(name: string): string {
  const bare = name.replace(/Ids?$/, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** The value as GraphQL writes it; enums bare where the type has them. */
function literal(value: unknown, type?: GraphQLInputType): string {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (Array.isArray(value)) {
    const item = isListType(inner) ? inner.ofType : undefined;
    return `[${value.map((each) => literal(each, item)).join(', ')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const fields = isInputObjectType(inner) ? inner.getFields() : {};
    const pairs = Object.entries(value).map(
      ([name, each]) => `${/^[_A-Za-z]\w*$/.test(name) ? name : 'x'}: ${literal(each, fields[name]?.type)}`,
    );
    return `{ ${pairs.join(', ')} }`;
  }
  if (typeof value === 'string')
    return isEnumType(inner) && /^[_A-Za-z]\w*$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? 'null';
}
