import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import type { Queryable } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { baseModelTable, type BaseModelFacts, type BaseModelSource } from './table.ts';

export type BaseModel = typeof baseModelTable.$inferSelect;

export interface BaseModelOffer {
  readonly name: string;
  readonly version: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly source: BaseModelSource;
  readonly facts: BaseModelFacts;
}

/** What a worker has on its shelf, from now on to be chosen in training configs. There is no viewer: workers are trusted. */
export async function offerBaseModels({ db }: Platform, offers: readonly BaseModelOffer[]): Promise<void> {
  for (const { sha256, ...offer } of offers) {
    const row = { ...offer, sha256: Buffer.from(sha256, 'hex') };
    await db
      .insert(baseModelTable)
      .values(row)
      .onConflictDoUpdate({
        target: baseModelTable.name,
        set: { ...row, offeredAt: sql`now()` },
        // One that an administrator uploaded is for all workers; what one of them has on its disk does not change it.
        setWhere: sql`${baseModelTable.source} <> 'UPLOADED'`,
      });
  }
}

/** What a worker had on its shelf and has no more. */
export async function withdrawBaseModels({ db }: Platform, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db
    .delete(baseModelTable)
    .where(and(inArray(baseModelTable.name, [...names]), eq(baseModelTable.source, 'INSTALLED')));
}

/** By name; a handful. For everybody who is signed in. */
export async function listBaseModels(ctx: ActionContext): Promise<BaseModel[]> {
  return ctx.platform.db.select().from(baseModelTable).orderBy(baseModelTable.name);
}

export async function findBaseModel(db: Queryable, name: string): Promise<BaseModel | undefined> {
  const [row] = await db.select().from(baseModelTable).where(eq(baseModelTable.name, name));
  return row;
}
