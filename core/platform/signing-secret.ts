import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { settingTable } from './table.ts';

/** The secret that signs upload and download addresses: made once, kept in the database, so that every server has the same. */
export async function readSigningSecret(db: Database): Promise<Buffer> {
  await db
    .insert(settingTable)
    .values({ key: 'signing_secret', value: randomBytes(32).toString('base64') })
    .onConflictDoNothing();
  const [row] = await db.select().from(settingTable).where(eq(settingTable.key, 'signing_secret'));
  return Buffer.from(row!.value, 'base64');
}
