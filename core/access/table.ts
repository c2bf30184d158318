import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';

export const userTable = pgTable(
  'app_user',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    name: text('name').notNull(),
    isAdministrator: boolean('is_administrator').notNull().default(false),
    /** Only through a group of the identity provider: goes with it. */
    isAdministratorByGroup: boolean('is_administrator_by_group').notNull().default(false),
    /** From then on nothing of the user's is accepted: no token, no login. */
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [unique('app_user_name_unique').on(table.name)],
);

/** Somebody at an identity provider, and the user they are here. The subject is the key, for it is never given to another person. */
export const userIdentityTable = pgTable(
  'user_identity',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => userTable.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When the issuer said what the user's rights were last taken from: what it said before counts no more. */
    claimsIssuedAt: instant('claims_issued_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'user_identity_pk', columns: [table.issuer, table.subject] }),
    index('user_identity_user').on(table.userId),
  ],
);

export const tokenScope = pgEnum('token_scope', ['READ', 'LABEL', 'TRAIN', 'ADMIN']);

/** Made by a person, by a login in a browser, or at the first sight of a JWT of the identity provider. */
export const tokenOrigins = ['CREATED', 'LOGIN', 'JWT'] as const;
export const tokenOrigin = pgEnum('token_origin', tokenOrigins);

/** A token is 256 random bits that only its owner holds, or a JWT; we keep the SHA-256. */
export const accessTokenTable = pgTable(
  'access_token',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    userId: uuid('user_id')
      .notNull()
      .references(() => userTable.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    sha256: bytea('sha256').notNull(),
    scope: tokenScope('scope').notNull().default('ADMIN'),
    origin: tokenOrigin('origin').notNull().default('CREATED'),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    lastUsedAt: instant('last_used_at'),
    /**
     * Good for calls of this deployment and for nothing else; null = for all that its user may do. Its foreign key is in the migration only:
     * here the tables would import each other in a circle.
     */
    deploymentId: uuid('deployment_id'),
  },
  (table) => [
    unique('access_token_sha256_unique').on(table.sha256),
    index('access_token_user').on(table.userId),
    index('access_token_session_expires')
      .on(table.expiresAt)
      .where(sql`origin <> 'CREATED'`),
  ],
);

export const projectRole = pgEnum('project_role', ['VIEWER', 'LABELLER', 'EDITOR', 'OWNER']);

export const projectMemberTable = pgTable(
  'project_member',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => userTable.id, { onDelete: 'cascade' }),
    /** What counts: the stronger of the two below. */
    role: projectRole('role').notNull(),
    /** Through groups of the identity provider; null = none, and `role` was given by hand. */
    groupRole: projectRole('group_role'),
    /** Given by hand, where there is a `groupRole` as well: what stays without the group. */
    handRole: projectRole('hand_role'),
  },
  (table) => [
    primaryKey({ name: 'project_member_pk', columns: [table.projectId, table.userId] }),
    index('project_member_user').on(table.userId),
  ],
);

/** What a token has asked for in its last minute; without a log of its own (unlogged), since a crash may forget it. */
export const rateUsageTable = pgTable('rate_usage', {
  tokenId: uuid('token_id')
    .primaryKey()
    .references(() => accessTokenTable.id, { onDelete: 'cascade' }),
  windowStart: instant('window_start').notNull(),
  requests: bigint('requests', { mode: 'number' }).notNull(),
  cost: bigint('cost', { mode: 'number' }).notNull(),
});

/** Makes retries of costly mutations safe: same key and same input give the same result. */
export const idempotencyKeyTable = pgTable(
  'idempotency_key',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => userTable.id, { onDelete: 'cascade' }),
    key: uuid('key').notNull(),
    operation: text('operation').notNull(),
    inputSha256: bytea('input_sha256').notNull(),
    resultId: uuid('result_id').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ name: 'idempotency_key_pk', columns: [table.userId, table.key] })],
);
