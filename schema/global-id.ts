import { NotFoundError } from '#core/platform/errors.ts';
import { isUuid } from '#core/platform/page.ts';

const pattern = /^([A-Z][A-Za-z]*)_(.+)$/;

export { writeGlobalId } from '#core/platform/global-id.ts';

/** Undefined when the text is no global id. */
export function readGlobalId(globalId: string): { typename: string; id: string } | undefined {
  const match = pattern.exec(globalId);
  return match && isUuid(match[2]!) ? { typename: match[1]!, id: match[2]! } : undefined;
}

/** The UUID inside a global id of the expected type. @throws {NotFoundError} for anything else: there is no such thing. */
export function idOf(typename: string, globalId: string): string {
  const parsed = readGlobalId(globalId);
  if (parsed?.typename !== typename) throw new NotFoundError(typename, globalId);
  return parsed.id;
}

/** As {@link idOf}, passing null and undefined on. */
export function optionalIdOf(typename: string, globalId: string | null | undefined): string | null | undefined {
  return globalId == null ? globalId : idOf(typename, globalId);
}

/** As {@link idOf}, but what is no such id is passed on for core not to find: in a batch it spoils its own item only. */
export function lenientIdOf(typename: string, globalId: string): string {
  const parsed = readGlobalId(globalId);
  if (parsed?.typename === typename) return parsed.id;
  // A bare UUID is no global id, though core would find what it names; in capitals it does not, and people still know it again.
  return isUuid(globalId) ? globalId.toUpperCase() : globalId;
}
