import { ValidationError } from './errors.ts';

export const defaultPageSize = 20;
export const maximumPageSize = 100;

export interface PageRequest {
  /** 1..100, default 20. */
  readonly first?: number | null | undefined;
  /** Id of the last item of the page before. */
  readonly after?: string | null | undefined;
}

/** A page of a list in keyset order: cost does not grow with the position. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNextPage: boolean;
  /** Where the next page begins, when that is not after the last item: what was looked through may be more than what was found. */
  readonly endCursor?: string | undefined;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const isUuid = (text: string): boolean => uuidPattern.test(text);

/** @throws {ValidationError} when `first` is out of 1..100 or `after` is no cursor. */
export function readPageRequest(request: PageRequest): { limit: number; after: string | undefined } {
  const limit = request.first ?? defaultPageSize;
  const after = request.after ?? undefined;
  const issues = [];
  if (!Number.isInteger(limit) || limit < 1 || limit > maximumPageSize)
    issues.push({ path: ['first'], message: `must be an integer from 1 to ${maximumPageSize}` });
  if (after !== undefined && !isUuid(after)) issues.push({ path: ['after'], message: 'is not a cursor of this list' });
  if (issues.length > 0) throw new ValidationError(issues);
  return { limit, after };
}

/** Cuts the page out of `limit + 1` rows. */
export function toPage<T>(rows: readonly T[], limit: number): Page<T> {
  return { items: rows.slice(0, limit), hasNextPage: rows.length > limit };
}

/** @throws {ValidationError} when `after` is no place in a log of events. */
export function checkSequence(after: number): void {
  if (!Number.isInteger(after) || after < 0)
    throw new ValidationError([{ path: ['after'], message: 'must be 0 or a sequence number' }]);
}
