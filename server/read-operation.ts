import type { IncomingMessage } from 'node:http';
import { graphqlLimits } from './graphql.ts';

/** A request whose body may have been read already: Yoga takes it from there then. */
export type BufferedRequest = IncomingMessage & { body?: Buffer };

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
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // Announced less than this: what comes beyond is no request of ours.
      if (bytes > graphqlLimits.bodyBytes) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      request.body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      resolve(true);
    });
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}

const known = new Set(['query', 'operationName', 'variables', 'extensions']);
const isPlainObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value);

/** Undefined when the body is not exactly one well-formed operation: what is wrong with it is for Yoga to say. */
export function parseOperation(body: Buffer): OperationParams | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  if (parsed === null || !isPlainObject(parsed)) return undefined;
  const { query, operationName, variables, extensions } = parsed as Record<string, unknown>;
  if (!Object.keys(parsed as object).every((key) => known.has(key))) return undefined;
  if (typeof query !== 'string') return undefined;
  if (operationName != null && typeof operationName !== 'string') return undefined;
  if ((variables != null && !isPlainObject(variables)) || (extensions != null && !isPlainObject(extensions)))
    return undefined;
  return {
    query,
    ...(operationName != null && { operationName }),
    ...(variables != null && { variables: variables as Record<string, unknown> }),
  };
}
