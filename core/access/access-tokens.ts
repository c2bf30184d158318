import { hash, randomBytes } from 'node:crypto';
import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { anyOf } from '../platform/any-of.ts';
import { batched } from '../platform/batched.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { NotFoundError, UnauthenticatedError, UserDisabledError } from '../platform/errors.ts';
import { isUuid } from '../platform/page.ts';
import { perDatabase } from '../platform/per-database.ts';
import { storableText, validate } from '../platform/validate.ts';
import { requireAdministrator } from './project-access.ts';
import { requireScope, tokenScopes, type TokenScope } from './token-scope.ts';
import { accessTokenTable, userTable, type tokenOrigins } from './table.ts';
import type { ActionContext, Caller, Viewer } from './viewer.ts';

export type AccessToken = Omit<typeof accessTokenTable.$inferSelect, 'sha256'>;
export type TokenOrigin = (typeof tokenOrigins)[number];

/** So long after their end sessions are still there. */
const keptDays = 7;

const userDisabled = 'The user of this access token is disabled.';
const tokenPattern = /^exm_[A-Za-z0-9_-]{43}$/;
const digest = (token: string): Buffer => hash('sha256', token, 'buffer');

const columns = {
  id: accessTokenTable.id,
  userId: accessTokenTable.userId,
  name: accessTokenTable.name,
  scope: accessTokenTable.scope,
  origin: accessTokenTable.origin,
  createdAt: accessTokenTable.createdAt,
  expiresAt: accessTokenTable.expiresAt,
  revokedAt: accessTokenTable.revokedAt,
  lastUsedAt: accessTokenTable.lastUsedAt,
  deploymentId: accessTokenTable.deploymentId,
};

/** Of a token to be kept. */
export interface TokenOwner {
  readonly userId: string;
  readonly name: string;
  readonly expiresAt: Date | null;
  readonly scope?: TokenScope;
  readonly deploymentId?: string;
  readonly origin?: TokenOrigin;
}

/** Makes a token for a user: the text is returned this once, the database keeps its SHA-256. */
export async function issueToken(
  db: Queryable,
  owner: TokenOwner,
): Promise<{ token: string; accessToken: AccessToken }> {
  const token = `exm_${randomBytes(32).toString('base64url')}`;
  const [accessToken] = await db
    .insert(accessTokenTable)
    .values({ ...owner, sha256: digest(token) })
    .returning(columns);
  return { token, accessToken: accessToken! };
}

/**
 * Keeps a token that somebody else has made, so that it can be revoked, limited and seen like one of ours. Returns its id; null when it is
 * kept already.
 */
export async function keepToken(db: Queryable, token: string, owner: TokenOwner): Promise<string | null> {
  const [row] = await db
    .insert(accessTokenTable)
    .values({ ...owner, sha256: digest(token) })
    .onConflictDoNothing({ target: accessTokenTable.sha256 })
    .returning({ id: accessTokenTable.id });
  return row?.id ?? null;
}

/**
 * Who holds this token. Last use is written at most once a minute.
 * @throws {UnauthenticatedError} when it is malformed, unknown, expired, revoked, or for a deployment only.
 */
export async function authenticate(db: Database, token: string): Promise<Viewer> {
  const { deploymentId, ...viewer } = await authenticateCaller(db, token);
  if (deploymentId !== null)
    throw new UnauthenticatedError('This access token is for calls of one deployment and for nothing else.');
  return viewer;
}

/** As {@link authenticate}, for calls of deployments: the one place where a token for a deployment is good for something. */
export async function authenticateCaller(db: Database, token: string): Promise<Caller> {
  if (!tokenPattern.test(token))
    throw new UnauthenticatedError('This is not an access token: it should look like exm_ and 43 characters.');
  const caller = await findCaller(db, token);
  if (!caller) throw new UnauthenticatedError('The access token is not known.');
  return caller;
}

/** As {@link authenticateCaller}, for any text; undefined when nothing of it is known. */
export async function findCaller(db: Database, token: string): Promise<Caller | undefined> {
  const holder = await holderOf(db, hash('sha256', token));
  if (!holder) return undefined;
  const { isRevoked, isExpired, isDisabled, isStale, sha256: _, isAdministrator, ...caller } = holder;
  if (isRevoked) throw new UnauthenticatedError('The access token was revoked.');
  if (isExpired) throw new UnauthenticatedError('The access token has expired.');
  if (isDisabled) throw new UserDisabledError(userDisabled);
  if (isStale) await db.execute(sql`update access_token set last_used_at = now() where id = ${caller.tokenId}`);
  return { ...caller, isAdministrator: isAdministrator && caller.scope === 'ADMIN' };
}

const selectHolders = perDatabase((db: Database) =>
  db
    .select({
      userId: accessTokenTable.userId,
      name: userTable.name,
      isAdministrator: userTable.isAdministrator,
      scope: accessTokenTable.scope,
      tokenId: accessTokenTable.id,
      tokenExpiresAt: accessTokenTable.expiresAt,
      deploymentId: accessTokenTable.deploymentId,
      sha256: accessTokenTable.sha256,
      isExpired: sql<boolean>`coalesce(${accessTokenTable.expiresAt} <= now(), false)`,
      isDisabled: sql<boolean>`${userTable.disabledAt} is not null`,
      isRevoked: sql<boolean>`${accessTokenTable.revokedAt} is not null`,
      isStale: sql<boolean>`coalesce(${accessTokenTable.lastUsedAt} < now() - interval '1 minute', true)`,
    })
    .from(accessTokenTable)
    .innerJoin(userTable, eq(userTable.id, accessTokenTable.userId))
    .where(sql`${accessTokenTable.sha256} = any(${sql.placeholder('digests')}::bytea[])`)
    .prepare('token_holders'),
);

/** By the digest of the token in hexadecimal. */
const holderOf = batched(async (db, digests: readonly string[]) => {
  const asked = `{${digests.map((each) => `"\\\\x${each}"`).join(',')}}`;
  const rows = await selectHolders(db).execute({ digests: asked });
  const byDigest = new Map(rows.map((row) => [row.sha256.toString('hex'), row]));
  return digests.map((each) => byDigest.get(each));
});

export const tokenInput = z.object({
  name: storableText().trim().min(1).max(100),
  expiresAt: z
    .date()
    .refine((date) => date.getTime() > Date.now(), 'must lie in the future')
    .nullish(),
});
const createTokenInput = tokenInput.extend({ userId: z.string().nullish(), scope: z.enum(tokenScopes).nullish() });

/**
 * A token for the viewer, or, for administrators, for any user. Lesser tokens make none: not even their like, which would outlive them.
 * @throws {PermissionDeniedError} without the scope ADMIN.
 */
export async function createAccessToken(
  ctx: ActionContext,
  input: z.input<typeof createTokenInput>,
): Promise<{ token: string; accessToken: AccessToken }> {
  requireScope(ctx.viewer, 'ADMIN');
  const { name, expiresAt, userId, scope } = validate(createTokenInput, input);
  const owner = userId ?? ctx.viewer.userId;
  if (owner !== ctx.viewer.userId) {
    requireAdministrator(ctx);
    const known = isUuid(owner)
      ? await ctx.platform.db.select({ id: userTable.id }).from(userTable).where(eq(userTable.id, owner))
      : [];
    if (known.length === 0) throw new NotFoundError('User', owner);
  }
  return issueToken(ctx.platform.db, { userId: owner, name, expiresAt: expiresAt ?? null, scope: scope ?? 'ADMIN' });
}

const mostTokens = 100;

/**
 * The viewer's own tokens, or, for administrators, those of any users: of each newest first, without sessions that are over, at most 100.
 * @throws {PermissionDeniedError}
 */
export async function listAccessTokens(ctx: ActionContext, userIds: readonly string[]): Promise<AccessToken[][]> {
  if (userIds.some((id) => id !== ctx.viewer.userId)) requireAdministrator(ctx);
  const { db } = ctx.platform;
  const place = sql<number>`row_number() over (partition by ${accessTokenTable.userId} order by ${accessTokenTable.id} desc)`;
  const ranked = db
    .select({ id: accessTokenTable.id, place: place.as('place') })
    .from(accessTokenTable)
    .where(
      and(
        anyOf(accessTokenTable.userId, userIds),
        or(eq(accessTokenTable.origin, 'CREATED'), gt(accessTokenTable.expiresAt, sql`now()`)),
      ),
    )
    .as('ranked');
  const rows = await db
    .select(columns)
    .from(accessTokenTable)
    .innerJoin(ranked, and(eq(ranked.id, accessTokenTable.id), lte(ranked.place, mostTokens)))
    .orderBy(desc(accessTokenTable.id));
  const byUser = Map.groupBy(rows, ({ userId }) => userId);
  return userIds.map((id) => byUser.get(id) ?? []);
}

/**
 * From this moment the token is refused; streams that it opened end within a minute. Own tokens, or any for administrators; every token
 * may revoke itself. @throws {PermissionDeniedError} for other tokens without the scope ADMIN.
 */
export async function revokeAccessToken(ctx: ActionContext, id: string): Promise<AccessToken> {
  if (id !== ctx.viewer.tokenId) requireScope(ctx.viewer, 'ADMIN');
  const mine = ctx.viewer.isAdministrator ? undefined : eq(accessTokenTable.userId, ctx.viewer.userId);
  if (isUuid(id)) {
    await ctx.platform.db
      .update(accessTokenTable)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(accessTokenTable.id, id), mine, isNull(accessTokenTable.revokedAt)));
    const [token] = await ctx.platform.db
      .select(columns)
      .from(accessTokenTable)
      .where(and(eq(accessTokenTable.id, id), mine));
    if (token) return token;
  }
  throw new NotFoundError('AccessToken', id);
}

/**
 * For long streams: whether the viewer's token still holds, and gives what it gave when the stream began.
 * @throws {UnauthenticatedError}
 */
export async function authenticateAgain(db: Database, viewer: Viewer): Promise<void> {
  if (viewer.tokenId === null) return;
  const [row] = await db.execute<{ is_administrator: boolean; is_disabled: boolean }>(sql`
    select app_user.is_administrator, app_user.disabled_at is not null as is_disabled
    from access_token token join app_user on app_user.id = token.user_id
    where token.id = ${viewer.tokenId} and token.revoked_at is null and (token.expires_at is null or token.expires_at > now())`);
  if (!row) throw new UnauthenticatedError('The access token has expired or was revoked.');
  if (row.is_disabled) throw new UserDisabledError(userDisabled);
  if (viewer.isAdministrator && !row.is_administrator)
    throw new UnauthenticatedError('The user is no administrator any more. Connect again.');
}

/** Deletes sessions, and what is kept of JWTs, some days after their end; at most some thousands a call. Returns how many went. */
export async function deleteOldSessions({ db }: { readonly db: Database }): Promise<number> {
  const rows = await db.execute(sql`
    delete from access_token where id in (
      select id from access_token where origin <> 'CREATED' and expires_at < now() - make_interval(days => ${keptDays})
      order by expires_at limit 10000)
    returning 1`);
  return rows.length;
}
