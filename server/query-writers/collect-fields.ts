import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What of a document says which fields are wanted. */
export interface Selection {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables that say what is skipped and included. */
  readonly decided: Record<string, unknown>;
}

/** The fields of a type that selection sets name together, by the key of the answer: `CollectFields` of the specification of GraphQL. */
export function collectFields(
  { schema, fragments, decided }: Selection,
  type: GraphQLObjectType,
  selectionSets: Iterable<SelectionSetNode>,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const isWanted = (node: SelectionNode) =>
    getDirectiveValues(GraphQLSkipDirective, node, decided)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, decided)?.['if'] !== false;
  const applies = ({
    typeCondition,
  }: Pick<FragmentDefinitionNode, 'typeCondition'> | { typeCondition?: undefined }) => {
    const condition = typeCondition && schema.getType(typeCondition.name.value);
    return !typeCondition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
  };
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (!isWanted(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const nodes = fields.get(key);
        if (nodes) nodes.push(node);
        else fields.set(key, [node]);
        continue;
      }
      if (node.kind === Kind.FRAGMENT_SPREAD && visited.has(node.name.value)) continue;
      if (node.kind === Kind.FRAGMENT_SPREAD) visited.add(node.name.value);
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
      if (fragment && applies(fragment)) collect(fragment.selectionSet);
    }
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}
