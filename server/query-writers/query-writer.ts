import {
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { GraphQLContext } from '#schema/context.ts';
import { planQuery, type ObjectPlan } from './query-plan.ts';
import { QueryRun } from './query-run.ts';

export interface KnownOperation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** Each value of such a variable makes a plan of its own. */
const mostDeciding = 4;

/**
 * A query that is planned once and executed any number of times. Its answer is written as text while its fields are resolved, without a promise for each
 * field, an object for each thing and JSON made of these. It knows the good case only: whatever graphql-js would say in `errors`, and what is
 * not known here, ends the attempt; then graphql-js executes the query from the start, which queries can bear, for they change nothing.
 */
export class QueryWriter {
  readonly #known: KnownOperation;
  readonly #deciding: readonly string[];
  readonly #plans = new Map<string, ObjectPlan | undefined>();

  /** @param document valid for the schema. @param operation a query of it. */
  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
    this.#known = {
      schema,
      operation,
      fragments: Object.fromEntries(fragments.map((each) => [each.name.value, each])),
    };
    this.#deciding = decidingVariables(document);
  }

  /** The answer, `{"data":...}`; undefined when graphql-js is to execute the query. */
  async write(context: GraphQLContext, inputs: Record<string, unknown>): Promise<string | undefined> {
    const { schema, operation } = this.#known;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs);
    const plan = coerced && this.#planFor(coerced);
    return plan && new QueryRun(this.#known, context, coerced).write(plan);
  }

  #planFor(variables: Record<string, unknown>): ObjectPlan | undefined {
    if (this.#deciding.length > mostDeciding) return undefined;
    const decided = Object.fromEntries(this.#deciding.map((name) => [name, variables[name]]));
    const key = this.#deciding.map((name) => Number(decided[name])).join();
    if (!this.#plans.has(key)) this.#plans.set(key, this.#plan(decided));
    return this.#plans.get(key);
  }

  #plan(decided: Record<string, unknown>): ObjectPlan | undefined {
    try {
      return planQuery({ ...this.#known, decided }, this.#known.operation);
    } catch {
      return undefined;
    }
  }
}

/** Names of the variables that say which fields there are. */
function decidingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
