import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { getOperationAST, GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import { processRegularResult, type FetchAPI } from 'graphql-yoga';
import { prepareOperation, type GraphQLServer, type PreparedOperation } from './graphql.ts';
import { parseOperation, readBody, type BufferedRequest, type OperationParams } from './read-operation.ts';

/**
 * In what media type a plain JSON POST is to be answered; undefined for every other request, which is Yoga's. Of several that the client
 * takes it is the first of ours, as Yoga chooses.
 */
export function jsonPostType(request: IncomingMessage): JsonType | undefined {
  const { headers, method } = request;
  if (method !== 'POST' || !/^application\/json *(; *charset=utf-8 *)?$/i.test(headers['content-type'] ?? ''))
    return undefined;
  // Yoga knows what to say to these.
  if (headers['content-encoding'] !== undefined) return undefined;
  return acceptedType(headers.accept ?? '*/*');
}

type JsonType = 'application/json' | 'application/graphql-response+json';

const ranges: Readonly<Record<string, JsonType>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'application/json': 'application/json',
  'application/graphql-response+json': 'application/graphql-response+json',
};

function acceptedType(accept: string): JsonType | undefined {
  // What has parameters is looked at by Yoga.
  if (accept.includes(';')) return undefined;
  for (const range of accept.toLowerCase().split(',')) {
    const type = ranges[range.trim()];
    if (type) return type;
  }
  return undefined;
}

/**
 * Answers a query or mutation that came as JSON without the Fetch API's request and response, which cost more than all the rest: through the
 * same envelope, and the answer is written by Yoga's own rules. Everything that does not come to its execution is left to Yoga; then
 * this answers false and the body is at `request.body`.
 */
export async function serveJsonPost(
  graphql: GraphQLServer,
  request: BufferedRequest,
  response: ServerResponse,
  type: JsonType,
): Promise<boolean> {
  if (!(await readBody(request))) return true;
  const params = parseOperation(request.body!, graphql.findDocument);
  if (!params) return false;
  const result = await answer(graphql, params, request.headers);
  if (result === undefined) return false;
  const { body, init } =
    typeof result === 'string'
      ? goodAnswer(result, type)
      : (processRegularResult(result, answerApi, type) as unknown as Answer);
  response.writeHead(init.status, { ...init.headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
  return true;
}

/** As text where it is a good one; undefined for who is not let in. */
type Result = string | ExecutionResult | undefined;

async function answer(graphql: GraphQLServer, params: OperationParams, headers: IncomingHttpHeaders): Promise<Result> {
  const { queries } = graphql;
  const known = queries?.known.find(params);
  if (known) {
    const context = await unlessRefused(() => graphql.contextOf(headers));
    return context && queries!.execute(known, params, context);
  }
  const prepared = await prepare(graphql, params, headers);
  if (!prepared) return undefined;
  const query = queries?.known.remember(params, prepared.args.document);
  return query ? queries!.execute(query, params, prepared.context) : graphql.execute(prepared);
}

async function prepare(
  { yoga }: GraphQLServer,
  params: OperationParams,
  headers: IncomingHttpHeaders,
): Promise<PreparedOperation | undefined> {
  const prepared = await unlessRefused(() => prepareOperation(yoga, params, { headers, isTrial: true }));
  if (!prepared || !('args' in prepared)) return undefined;
  const operation = getOperationAST(prepared.args.document, params.operationName);
  return !operation || operation.operation === OperationTypeNode.SUBSCRIPTION ? undefined : prepared;
}

async function unlessRefused<T>(prepare: () => Promise<T>): Promise<T | undefined> {
  try {
    return await prepare();
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

/** Stands where Yoga would make a Fetch response. */
class Answer {
  readonly body: string;
  readonly init: { readonly status: number; readonly headers: Record<string, string> };

  constructor(body: string, init: Answer['init']) {
    this.body = body;
    this.init = init;
  }
}

const goodAnswer = (body: string, type: JsonType) =>
  new Answer(body, { status: 200, headers: { 'Content-Type': `${type}; charset=utf-8` } });

const answerApi = { Response: Answer } as unknown as FetchAPI;
