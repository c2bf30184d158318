import { PermissionDeniedError } from '../platform/errors.ts';
import type { Viewer } from './viewer.ts';

/**
 * What an access token may be used for, from the least to the most; each includes those before it. A token never gives more than the
 * user has: in a project READ is worth the role VIEWER, LABEL LABELLER, TRAIN EDITOR and ADMIN OWNER, if the user has that role.
 */
export const tokenScopes = ['READ', 'LABEL', 'TRAIN', 'ADMIN'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** @throws {PermissionDeniedError} when the viewer's token has a lesser scope. */
export function requireScope({ scope }: Viewer, needed: TokenScope): void {
  if (tokenScopes.indexOf(scope) < tokenScopes.indexOf(needed))
    throw new PermissionDeniedError(
      `This needs an access token of the scope ${needed}; the scope of yours is ${scope}.`,
    );
}
