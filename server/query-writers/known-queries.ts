import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { OperationParams } from '../read-operation.ts';
import { QueryWriter } from './query-writer.ts';

/** A query that has passed all checks of its document. */
export interface KnownQuery {
  readonly document: DocumentNode;
  readonly writer: QueryWriter;
}

const mostQueries = 500;
/** Of a document; longer ones are checked each time. */
const longestText = 20_000;

/** The queries that were asked lately, by their text, so that their documents need not be looked at again. */
export class KnownQueries {
  readonly #schema: GraphQLSchema;
  /** The latest at the end. */
  readonly #known = new Map<string, KnownQuery>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  find(params: OperationParams): KnownQuery | undefined {
    const key = keyOf(params);
    const known = this.#known.get(key);
    if (!known) return undefined;
    this.#known.delete(key);
    this.#known.set(key, known);
    return known;
  }

  /** @param document is valid. @returns undefined for what is no query. */
  remember(params: OperationParams, document: DocumentNode): KnownQuery | undefined {
    const operation = getOperationAST(document, params.operationName);
    if (operation?.operation !== OperationTypeNode.QUERY) return undefined;
    const known = { document, writer: new QueryWriter(this.#schema, document, operation) };
    if (params.query.length > longestText) return known;
    this.#known.set(keyOf(params), known);
    if (this.#known.size > mostQueries) this.#known.delete(this.#known.keys().next().value!);
    return known;
  }
}

const keyOf = ({ query, operationName }: OperationParams): string =>
  operationName === undefined ? query : `${operationName}\n${query}`;
