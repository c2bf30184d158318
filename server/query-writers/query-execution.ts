import { execute, type ExecutionArgs, type ExecutionResult, type GraphQLError } from 'graphql';
import type { RateLimiter } from '#core/access/rate-limiter.ts';
import type { GraphQLContext } from '#schema/context.ts';
import { schema } from '#schema/index.ts';
import type { OperationMeter } from '../metrics/operation-metrics.ts';
import { chargeOperation } from '../rate-limits.ts';
import type { OperationParams } from '../read-operation.ts';
import { KnownQueries, type KnownQuery } from './known-queries.ts';

interface Parts {
  readonly rateLimiter: RateLimiter;
  readonly meter: OperationMeter;
  readonly mask: (error: unknown) => GraphQLError;
}

/** Executes queries whose documents are checked, as the envelope does: charged, metered and with masked errors. Not where operations are traced. */
export class QueryExecution {
  readonly known = new KnownQueries(schema);
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The answer, as text where it is a good one. */
  async execute(
    { document, writer }: KnownQuery,
    { operationName, variables = {} }: OperationParams,
    context: GraphQLContext,
  ): Promise<string | ExecutionResult> {
    const { rateLimiter, meter } = this.#parts;
    const args = { schema, document, operationName, variableValues: variables, contextValue: context };
    const done = meter.execution(args);
    const refusal = await chargeOperation(rateLimiter, args);
    const text = refusal ? undefined : await writer.write(context, variables);
    if (text !== undefined) {
      done({});
      return text;
    }
    const result = refusal ?? (await this.#executeMasked(args));
    done(result);
    return result;
  }

  async #executeMasked(args: ExecutionArgs): Promise<ExecutionResult> {
    const { mask } = this.#parts;
    try {
      const result = await execute(args);
      return result.errors ? { ...result, errors: result.errors.map(mask) } : result;
    } catch (error) {
      return { errors: [mask(error)] };
    }
  }
}
