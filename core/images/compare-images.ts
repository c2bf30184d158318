import { eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { bandsOf, nearDuplicateBits } from './near-duplicate-rule.ts';
import { imageLookProgressTable } from './table.ts';

/** Images a transaction: about 100 ms of the database. */
const comparedPerBatch = 200;
/** With how many near-duplicates an image is connected; those that others are connected with follow. */
const mostConnected = 32;
/** Images that change their cluster at once where clusters turn out to be one. */
const mostMerged = 1000;

/** Compares images that came in the background. */
export function compareSoon(platform: Platform): void {
  platform.background.start('compare images', (signal) => compareImages(platform, signal));
}

/**
 * Puts images that look alike into clusters, batch by batch and in the order in which they came: what "suspected duplicates" are. An image is
 * looked up among all that share one of the 8 bands of its hash, and is connected with those that differ in at most 28 of 256 bits: the rule by which
 * the split keeps near-duplicates together. What is connected with one of a cluster belongs to it. Locks no project, so that nobody waits.
 */
export async function compareImages(platform: Platform, signal?: AbortSignal): Promise<void> {
  const rows = await platform.db.execute<{ id: string }>(sql`
    select project.id from project left join image_look_progress progress on progress.project_id = project.id
    where exists (select from image where image.project_id = project.id and deleted_at is null
      and (last_image_id is null or image.id > last_image_id))`);
  for (const { id } of rows)
    do if (signal?.aborted) return;
    while (await compareBatch(platform, id));
}

const nothing = '00000000-0000-0000-0000-000000000000';

/** Lets images be compared that were not when their turn came: they had no hash yet, or were in the trash. */
export async function compareAgain(db: Queryable, projectId: string, imageIds: readonly string[]): Promise<void> {
  await db.execute(sql`
    with missed as (
      select id from unnest(${sql.param([...imageIds])}::uuid[]) asked (id)
      where not exists (select from image_look where image_id = asked.id) order by id limit 1)
    update image_look_progress set last_image_id = coalesce((
      select image.id from image where project_id = ${projectId} and deleted_at is null and image.id < missed.id
      order by image.id desc limit 1), ${nothing})
    from missed where project_id = ${projectId} and last_image_id >= missed.id`);
}

/** Returns whether there may be more. */
async function compareBatch({ db }: Platform, projectId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [known] = await tx.execute(sql`select 1 from project where id = ${projectId} for key share`);
    if (!known) return false;
    await tx.insert(imageLookProgressTable).values({ projectId, lastImageId: nothing }).onConflictDoNothing();
    const [progress] = await tx
      .select()
      .from(imageLookProgressTable)
      .where(eq(imageLookProgressTable.projectId, projectId))
      .for('update');
    const images = await tx.execute<{ id: string; hash: Buffer | null; is_known: boolean }>(sql`
      select id, perceptual_hash as hash, exists (select from image_look where image_id = image.id offset 0) as is_known
      from image where project_id = ${projectId} and deleted_at is null and id > ${progress!.lastImageId}
      order by id limit ${comparedPerBatch} for key share`);
    const fresh = images.filter(({ hash, is_known }) => hash && hash.length > 0 && !is_known);
    if (fresh.length > 0) {
      await insertLooks(tx, projectId, fresh as { id: string; hash: Buffer }[]);
      await connect(
        tx,
        await findAlike(
          tx,
          fresh.map(({ id }) => id),
        ),
      );
    }
    const last = images.at(-1);
    if (last)
      await tx
        .update(imageLookProgressTable)
        .set({ lastImageId: last.id })
        .where(eq(imageLookProgressTable.projectId, projectId));
    return images.length === comparedPerBatch;
  });
}

async function insertLooks(tx: Transaction, projectId: string, images: readonly { id: string; hash: Buffer }[]) {
  // 44 random bits of the project's id keep the keys of projects apart.
  const project = BigInt(`0x${projectId.slice(-11)}`) << 19n;
  const rows = images.map(({ id, hash }) => ({
    image_id: id,
    hash: Array.from(hash, (byte) => byte.toString(2).padStart(8, '0')).join(''),
    bands: `{${bandsOf(hash)
      .map((value, band) => project | BigInt((band << 16) | value))
      .join(',')}}`,
  }));
  await tx.execute(sql`
    insert into image_look (image_id, project_id, hash, bands)
    select image_id, ${projectId}, hash::bit(256), bands::bigint[] from unnest(${sql.param(rows.map((row) => row.image_id))}::uuid[],
      ${sql.param(rows.map((row) => row.hash))}::text[], ${sql.param(rows.map((row) => row.bands))}::text[]) look (image_id, hash, bands)`);
}

interface Pair {
  readonly imageId: string;
  readonly otherId: string;
  readonly otherCluster: string | null;
}

async function findAlike(tx: Transaction, imageIds: readonly string[]): Promise<Pair[]> {
  // A few rows out of many look cheap to find by reading the table from its start; alike images are not that many.
  await tx.execute(sql`set local enable_seqscan = off`);
  return tx.execute<{ imageId: string; otherId: string; otherCluster: string | null }>(sql`
    select look.image_id as "imageId", other.image_id as "otherId", other.cluster_id as "otherCluster"
    from image_look look cross join lateral (
      select image_id, cluster_id from image_look candidate
      where candidate.bands && look.bands and candidate.image_id <> look.image_id and candidate.project_id = look.project_id
        and bit_count(candidate.hash # look.hash) <= ${nearDuplicateBits}
      limit ${mostConnected}) other
    where look.image_id = any(${sql.param([...imageIds])}::uuid[])
    order by look.image_id, other.image_id`);
}

/** Gives images of pairs their cluster: that of either, else a new one; where both have one, the older takes the other in. */
async function connect(tx: Transaction, pairs: readonly Pair[]): Promise<void> {
  const clusterOf = new Map<string, string>();
  const merged = new Map<string, string>();
  const current = (cluster: string): string => {
    const into = merged.get(cluster);
    return into === undefined ? cluster : current(into);
  };
  for (const { imageId, otherId, otherCluster } of pairs) {
    const one = clusterOf.get(imageId);
    const other = clusterOf.get(otherId) ?? otherCluster ?? undefined;
    const known = [one, other].filter((each) => each !== undefined).map(current);
    const cluster = known.length > 0 ? known.reduce((a, b) => (a < b ? a : b)) : imageId < otherId ? imageId : otherId;
    for (const each of known) if (each !== cluster) merged.set(each, cluster);
    clusterOf.set(imageId, cluster).set(otherId, cluster);
  }
  const ids = [...clusterOf.keys()];
  const clusters = [...clusterOf.values()].map(current);
  await tx.execute(sql`
    update image_look set cluster_id = found.cluster_id
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(clusters)}::uuid[]) found (image_id, cluster_id)
    where image_look.image_id = found.image_id and image_look.cluster_id is distinct from found.cluster_id`);
  for (const from of merged.keys())
    await tx.execute(sql`
      update image_look set cluster_id = ${current(from)}
      where image_id in (select image_id from image_look where cluster_id = ${from} limit ${mostMerged})`);
}
