import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../platform/database.ts';
import { userIdentityTable, userTable } from '../table.ts';
import type { User } from '../users.ts';
import type { IdentityClaims } from './identity-claims.ts';

const longestName = 100;
/** The installation's own. */
const firstAdministrator = 'administrator';

/**
 * The user that somebody at an identity provider is, made where this is the first time. The key is issuer and subject: a name or an e-mail
 * address that another user has here gives nobody that user's rights. Two at once make one.
 */
export async function findIdentity(db: Database, claims: IdentityClaims): Promise<{ user: User; isNew: boolean }> {
  const known = await find(db, claims);
  if (known) return { user: known, isNew: false };
  return db.transaction(async (tx) => {
    const key = JSON.stringify([claims.issuer, claims.subject]);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    const faster = await find(tx, claims);
    if (faster) return { user: faster, isNew: false };
    const user = await makeUser(tx, claims);
    const { issuer, subject } = claims;
    await tx.insert(userIdentityTable).values({ issuer, subject, userId: user.id, claimsIssuedAt: new Date(0) });
    return { user, isNew: true };
  });
}

async function find(db: Database | Transaction, { issuer, subject }: IdentityClaims): Promise<User | undefined> {
  const [row] = await db
    .select({ user: userTable })
    .from(userIdentityTable)
    .innerJoin(userTable, eq(userTable.id, userIdentityTable.userId))
    .where(and(eq(userIdentityTable.issuer, issuer), eq(userIdentityTable.subject, subject)));
  return row?.user;
}

/** Names are unique: where another user has it, a part of the key's digest follows. */
async function makeUser(tx: Transaction, { issuer, subject, name }: IdentityClaims): Promise<User> {
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
  const shown =
    name
      .replace(/\p{Cc}/gu, ' ')
      .toWellFormed()
      .trim() || subject;
  const names = [shown, ...[8, 16, 64].map((length) => `${shown} ${digest.slice(0, length)}`)];
  for (const each of names) {
    if (each.toLowerCase() === firstAdministrator) continue;
    const [user] = await tx
      .insert(userTable)
      .values({ name: fit(each) })
      .onConflictDoNothing({ target: userTable.name })
      .returning();
    if (user) return user;
  }
  throw new Error(`No name is left for ${digest}.`);
}

/** The end is what tells names apart. */
const fit = (name: string): string =>
  name.length <= longestName ? name : `${name.slice(0, longestName - 66)}…${name.slice(-65)}`.toWellFormed();
