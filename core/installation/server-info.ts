import { sql } from 'drizzle-orm';
import { requireAdministrator } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Config } from '../platform/config.ts';
import { exemplarVersion } from '../platform/exemplar-version.ts';
import { expectedRevision, readSchemaRevision } from '../platform/schema-revision.ts';

/** What a server says of itself: nothing that is secret, and no addresses. */
export interface ServerInfo {
  readonly version: string;
  readonly nodeVersion: string;
  /** Newest migration of this version. */
  readonly schemaRevision: string;
  readonly objectStore: 'FILE_SYSTEM' | 'BUCKET';
  readonly limits: Config['limits'];
}

/** Of the server that answers; for everybody who is signed in. */
export function readServerInfo({ platform: { config } }: ActionContext): ServerInfo {
  return {
    version: exemplarVersion,
    nodeVersion: process.versions.node,
    schemaRevision: expectedRevision,
    objectStore: config.s3 ? 'BUCKET' : 'FILE_SYSTEM',
    limits: config.limits,
  };
}

export interface DatabaseInfo {
  /** Newest migration that it has; null when this version does not know it. */
  readonly schemaRevision: string | null;
  /** Such as 18.4. */
  readonly version: string;
  /** The server's clock less that of the database, with half of what the way between them takes. */
  readonly clockOffsetMilliseconds: number;
}

/** @throws {PermissionDeniedError} for all but administrators. */
export async function readDatabaseInfo(ctx: ActionContext): Promise<DatabaseInfo> {
  requireAdministrator(ctx);
  const { db } = ctx.platform;
  const schemaRevision = await readSchemaRevision(db);
  const before = Date.now();
  const [row] = await db.execute<{ version: string; now: number }>(sql`
    select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 * 1000 as now`);
  const here = (before + Date.now()) / 2;
  return { schemaRevision, version: row!.version, clockOffsetMilliseconds: Math.round(here - row!.now) };
}
