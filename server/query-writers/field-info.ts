import type {
  FieldNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { FieldPlan } from './query-plan.ts';
import type { KnownOperation } from './query-writer.ts';

/** What resolvers may ask about their place in the query. */
export class FieldInfo implements GraphQLResolveInfo {
  readonly rootValue = undefined;
  readonly variableValues: Record<string, unknown>;
  readonly #plan: FieldPlan;
  readonly #known: KnownOperation;

  constructor(plan: FieldPlan, known: KnownOperation, variables: Record<string, unknown>) {
    this.#plan = plan;
    this.#known = known;
    this.variableValues = variables;
  }

  get fieldName(): string {
    return this.#plan.field.name;
  }

  get fieldNodes(): readonly FieldNode[] {
    return this.#plan.nodes;
  }

  get returnType(): GraphQLOutputType {
    return this.#plan.field.type;
  }

  get parentType(): GraphQLObjectType {
    return this.#plan.parentType;
  }

  /** Of one object of many: a query whose resolvers want to know it is executed by graphql-js. */
  get path(): never {
    throw new Error('the path of a field is not kept');
  }

  get schema(): GraphQLSchema {
    return this.#known.schema;
  }

  get operation(): OperationDefinitionNode {
    return this.#known.operation;
  }

  get fragments(): KnownOperation['fragments'] {
    return this.#known.fragments;
  }
}
