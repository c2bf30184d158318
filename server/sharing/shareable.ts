import { getOperationAST, Kind, OperationTypeNode, visit, type DocumentNode } from 'graphql';

/** A subscription that watchers can share, and what tells whose is the same. */
export interface Shareable {
  /** Equal for operations whose results are the same from the same place on. */
  readonly key: string;
}

/**
 * Whether the operation is a subscription to one plain field: then it differs from others with the same document and variables only in
 * where it starts. The variable that says so (`after`) is left out of the key, unless it is used elsewhere too.
 */
export function shareableOf(
  document: DocumentNode,
  {
    query,
    operationName,
    variables,
  }: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Record<string, unknown> | null | undefined;
  },
): Shareable | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return undefined;
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0 || (field.directives?.length ?? 0) > 0) return undefined;
  const start = field.arguments?.find((argument) => argument.name.value === 'after')?.value;
  const given: Record<string, unknown> = { ...variables };
  if (start?.kind === Kind.VARIABLE && countUses(document, start.name.value) === 1) delete given[start.name.value];
  const entries = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  const key = textOf([query, operation.name?.value ?? null, entries]);
  return key === undefined ? undefined : { key };
}

/** Undefined for lists in lists until the stack ends, which no subscription takes: what is wrong with them is for its execution to say. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Uses of a variable; its definition is none. */
function countUses(document: DocumentNode, name: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (variable) => {
      if (variable.name.value === name) uses++;
    },
  });
  return uses;
}
