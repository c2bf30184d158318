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
    /** From then on none of their tokens is good for anything; null = they are. */
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [unique('app_user_name_unique').on(table.name)],
);

export const tokenScope = pgEnum('token_scope', ['READ', 'LABEL', 'TRAIN', 'ADMIN']);

/** A token is 256 random bits that only its owner holds; we keep the SHA-256. */
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
  (table) => [unique('access_token_sha256_unique').on(table.sha256), index('access_token_user').on(table.userId)],
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
    role: projectRole('role').notNull(),
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
