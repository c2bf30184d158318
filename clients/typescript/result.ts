import type { UserError } from './areas/user-error.ts';
import { ExemplarError } from './connection/errors.ts';

/** The members of a result union that are mistakes. */
export type Mistake<Result> = Extract<Result, { readonly code: UserError['code']; readonly message: string }>;
/** The members that are not. */
export type Success<Result> = Exclude<Result, Mistake<Result>>;

/** A mistake as an exception, for those who ask for it with {@link orThrow}. */
export class ResultError extends ExemplarError {
  override name = 'ResultError';
  readonly error: UserError;
  /** Such as `VALIDATION_FAILED`. */
  readonly code: UserError['code'];

  constructor(error: UserError) {
    super(error.message);
    this.error = error;
    this.code = error.code;
  }
}

/** Whether a result is a mistake; true also for kinds of mistakes that a newer server has and these types do not. */
export function hasMistake<Result extends object>(result: Result): result is Mistake<Result> {
  return 'code' in result && 'message' in result;
}

/** What the operation made, or its mistake as an exception. @throws {ResultError} */
export async function orThrow<Result extends object>(result: Result | Promise<Result>): Promise<Success<Result>> {
  const settled = await result;
  if (hasMistake(settled)) throw new ResultError(settled as unknown as UserError);
  return settled as Success<Result>;
}

/**
 * For the `default` of a switch over `__typename`: a case that is missing does not compile, and one that only a newer server knows
 * throws. @throws {ResultError | ExemplarError}
 */
export function unknownMember(result: never): never {
  const member = result as { readonly __typename?: string };
  if (hasMistake(member)) throw new ResultError(member);
  throw new ExemplarError(
    `The server answered with ${member.__typename}, which this version of the client does not know.`,
  );
}

export const notFound = (message: string): ResultError =>
  new ResultError({ __typename: 'NotFoundError', code: 'NOT_FOUND', message });
