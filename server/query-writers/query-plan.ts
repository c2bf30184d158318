import {
  defaultFieldResolver,
  getArgumentValues,
  visit,
  type GraphQLFieldResolver,
  isLeafType,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, type Selection } from './collect-fields.ts';
import { leafWriter, quote, type WriteLeaf } from './write-leaf.ts';

/** The fields of a type at one place of a query, with the text before each; a text alone for `__typename`. */
export type ObjectPlan = readonly (FieldPlan | string)[];

export interface FieldPlan {
  /** A brace or a comma, the key and a colon. */
  readonly before: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  /** What the resolver gets as arguments, where no variable has a part in it. */
  readonly fixedArguments: Record<string, unknown> | undefined;
  readonly value: ValuePlan;
}

/** How to write what a field has resolved to. */
export type ValuePlan =
  | { readonly kind: 'LEAF'; readonly isNullable: boolean; readonly write: WriteLeaf }
  | { readonly kind: 'LIST'; readonly isNullable: boolean; readonly item: ValuePlan }
  | {
      readonly kind: 'OBJECT';
      readonly isNullable: boolean;
      readonly type: GraphQLObjectType | GraphQLAbstractType;
      readonly fieldsOf: (type: GraphQLObjectType) => ObjectPlan;
    };

/**
 * Plans the fields of the operation's root; those below are planned when they are first written, for documents can name more of them than
 * a query may have. @throws for introspection, which is not planned.
 */
export function planQuery(selection: Selection, operation: OperationDefinitionNode): ObjectPlan {
  const type = selection.schema.getQueryType()!;
  return planFields(selection, type, collectFields(selection, type, [operation.selectionSet]));
}

function planFields(
  selection: Selection,
  parentType: GraphQLObjectType,
  fields: ReadonlyMap<string, readonly FieldNode[]>,
): ObjectPlan {
  return [...fields].map(([key, nodes], index) => {
    const before = `${index === 0 ? '{' : ','}${quote(key)}:`;
    const name = nodes[0]!.name.value;
    if (name === '__typename') return `${before}"${parentType.name}"`;
    const field = parentType.getFields()[name];
    if (!field) throw new Error(`${parentType.name}.${name} is not planned`);
    return {
      before,
      nodes,
      parentType,
      field,
      resolve: field.resolve ?? defaultFieldResolver,
      fixedArguments: usesVariables(nodes[0]!) ? undefined : Object.freeze(getArgumentValues(field, nodes[0]!)),
      value: planValue(selection, field.type, nodes),
    };
  });
}

function usesVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  for (const { value } of given) visit(value, { Variable: () => void (found = true) });
  return found;
}

function planValue(selection: Selection, declared: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
  const isNullable = !isNonNullType(declared);
  const type = isNonNullType(declared) ? declared.ofType : declared;
  if (isListType(type)) return { kind: 'LIST', isNullable, item: planValue(selection, type.ofType, nodes) };
  if (isLeafType(type)) return { kind: 'LEAF', isNullable, write: leafWriter(type) };
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const plans = new Map<GraphQLObjectType, ObjectPlan>();
  const fieldsOf = (concrete: GraphQLObjectType): ObjectPlan => {
    let plan = plans.get(concrete);
    if (!plan) {
      plan = planFields(selection, concrete, collectFields(selection, concrete, selectionSets));
      plans.set(concrete, plan);
    }
    return plan;
  };
  return { kind: 'OBJECT', isNullable, type, fieldsOf };
}
