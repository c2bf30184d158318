import { sql } from 'drizzle-orm';
import { findIdentity } from '../access/identity/find-identity.ts';
import { applyGroupRights, readGroupRights } from '../access/identity/group-rights.ts';
import type { IdentityClaims } from '../access/identity/identity-claims.ts';
import type { User } from '../access/users.ts';
import { beginAuditEvent, endAuditEvent } from '../audit/audit-events.ts';
import type { Transaction } from '../platform/database.ts';
import { UserDisabledError } from '../platform/errors.ts';
import { writeGlobalId } from '../platform/global-id.ts';
import type { OidcConfig } from '../platform/oidc-config.ts';
import type { Platform } from '../platform/platform.ts';

/** How somebody comes in. */
export interface Admission {
  readonly claims: IdentityClaims;
  readonly action: 'logIn' | 'acceptJwt';
  readonly requestId: string;
}

/**
 * Lets in whom an identity provider vouches for: the user is made where this is the first time, their rights become what their groups give,
 * and `enter` gives them a token, all or nothing. In the audit log before it is done. @throws {UserDisabledError}
 */
export async function admit<T extends { readonly tokenId: string | null }>(
  platform: Platform,
  config: OidcConfig,
  { claims, action, requestId }: Admission,
  enter: (tx: Transaction, user: User) => Promise<T>,
): Promise<T> {
  const { user, isNew } = await findIdentity(platform.db, claims);
  // A script would fill the log with what it is told again and again.
  if (user.disabledAt && action === 'acceptJwt') throw new UserDisabledError();
  const rights = await readGroupRights(platform.db, config.groups, claims.groups);
  const roles = [...rights.roles].map(([id, role]) => [writeGlobalId('Project', id), role] as const);
  const viewer = {
    userId: user.id,
    name: user.name,
    isAdministrator: false,
    scope: 'READ',
    tokenId: null,
    tokenExpiresAt: null,
  } as const;
  const event = await beginAuditEvent(
    { platform, viewer },
    {
      requestId,
      action,
      projectId: null,
      targetIds: roles.map(([id]) => id),
      input: { isNew, isAdministrator: rights.isAdministrator, roles: Object.fromEntries(roles) },
    },
  );
  const end = { errorCode: null, resultId: null, projectId: null };
  try {
    const entered = await platform.db.transaction(async (tx) => {
      const [row] = await tx.execute<{ is_disabled: boolean }>(
        sql`select disabled_at is not null as is_disabled from app_user where id = ${user.id} for no key update`,
      );
      if (row?.is_disabled !== false) throw new UserDisabledError();
      await applyGroupRights(tx, user.id, claims, rights);
      return enter(tx, user);
    });
    await endAuditEvent(platform, event, { ...end, outcome: 'OK', resultId: entered.tokenId });
    return entered;
  } catch (error) {
    const isRefused = error instanceof UserDisabledError;
    await endAuditEvent(platform, event, {
      ...end,
      outcome: isRefused ? 'REFUSED' : 'FAILED',
      errorCode: isRefused ? 'USER_DISABLED' : null,
    });
    throw error;
  }
}
