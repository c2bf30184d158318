import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import { graphqlLimits } from './graphql.ts';
import type { FindDocument } from './trusted-documents.ts';

/** A request whose body may have been read already: Yoga takes it from there then. */
export type BufferedRequest = IncomingMessage & { body?: Buffer | undefined };

/** A GraphQL operation as clients send it as JSON. */
export interface OperationParams {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

/** Reads the whole body and leaves it at `request.body`. False when the client has gone, or sends more than it may. */
export function readBody(request: BufferedRequest): Promise<boolean> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      // Announced less than this: what comes beyond is no request of ours.
      if (bytes > graphqlLimits.bodyBytes) request.destroy();
      else chunks.push(chunk);
    };
    const finish = () => {
      request.body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      settle(true);
    };
    const giveUp = () => settle(false);
    // The request outlives its body by as long as its answer takes, and with it what its listeners close over.
    const settle = (isWhole: boolean) => {
      request.off('data', take).off('end', finish).off('error', giveUp).off('close', giveUp);
      resolve(isWhole);
    };
    request.on('data', take).on('end', finish).on('error', giveUp).on('close', giveUp);
  });
}

const known = new Set(['query', 'documentId', 'operationName', 'variables', 'extensions']);
const isPlainObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value);

/** Undefined when the body is not exactly one well-formed operation that may run: what is wrong with it is for Yoga to say. */
export function parseOperation(body: Buffer, findDocument: FindDocument): OperationParams | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  if (parsed === null || !isPlainObject(parsed)) return undefined;
  const { query: text, documentId, operationName, variables, extensions } = parsed as Record<string, unknown>;
  if (!Object.keys(parsed as object).every((key) => known.has(key))) return undefined;
  if (text != null && typeof text !== 'string') return undefined;
  if (operationName != null && typeof operationName !== 'string') return undefined;
  if ((variables != null && !isPlainObject(variables)) || (extensions != null && !isPlainObject(extensions)))
    return undefined;
  const query = documentOf({ query: text, documentId, extensions }, findDocument);
  if (!query) return undefined;
  return {
    query,
    ...(operationName != null && { operationName }),
    ...(variables != null && { variables: variables as Record<string, unknown> }),
  };
}

function documentOf(params: Parameters<FindDocument>[0], findDocument: FindDocument): string | undefined {
  try {
    return findDocument(params);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
