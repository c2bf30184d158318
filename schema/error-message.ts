import { NotFoundError, type UserError } from '#core/platform/errors.ts';
import { isUuid } from '#core/platform/page.ts';
import { writeGlobalId } from './global-id.ts';

/** What callers of GraphQL read: core, which has no global ids, names what it did not find by the UUID alone. */
export function errorMessage(error: UserError): string {
  if (!isNotFound(error) || !isUuid(error.id)) return error.message;
  return new NotFoundError(error.what, writeGlobalId(error.what, error.id)).message;
}

/** By code: Pothos wraps errors so that instanceof does not know them. */
const isNotFound = (error: UserError): error is NotFoundError => error.code === 'NOT_FOUND';
