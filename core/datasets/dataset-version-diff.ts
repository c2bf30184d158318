import { sql, type SQL } from 'drizzle-orm';
import { readUserNames } from '../access/users.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Database } from '../platform/database.ts';
import { NotFoundError } from '../platform/errors.ts';
import { readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { getDatasetVersion, readDatasetClasses, type DatasetClass, type DatasetVersion } from './dataset-versions.ts';
import type { SplitName } from './split-plan.ts';

export const changeKinds = ['ADDED', 'REMOVED', 'RELABELLED', 'MOVED'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface ClassChange {
  readonly labelId: string;
  /** Null where the class was not there. */
  readonly before: DatasetClass | null;
  readonly after: DatasetClass | null;
}

/** Pictures are the same when their bytes are: one that was deleted and uploaded again is no change. */
export interface DatasetVersionDiff {
  readonly from: DatasetVersion;
  readonly to: DatasetVersion;
  /** Pictures of each kind; one that was relabelled and moved counts in both. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** All classes of the two versions, those of `to` first, in class order. */
  readonly classes: readonly ClassChange[];
}

/** What a version holds of one picture. */
export interface HeldImage {
  /** In class order. */
  readonly labels: readonly DatasetClass[];
  readonly split: SplitName;
}

export interface DatasetVersionChange {
  /** In the newer version where it is there. */
  readonly imageId: string;
  readonly sha256: Buffer;
  readonly before: HeldImage | null;
  readonly after: HeldImage | null;
  /** Who had labelled it last when `to` was published; null where that is not known. */
  readonly annotatedBy: { readonly userId: string; readonly userName: string } | null;
}

/**
 * What changed from one dataset version to another of the same project, in either direction of time. Reads both versions once.
 * @throws {NotFoundError} also when the versions are of different projects.
 */
export async function datasetVersionDiff(
  ctx: ActionContext,
  fromId: string,
  toId: string,
): Promise<DatasetVersionDiff> {
  const from = await getDatasetVersion(ctx, fromId);
  const to = await getDatasetVersion(ctx, toId);
  if (from.projectId !== to.projectId) throw new NotFoundError('DatasetVersion', toId);
  const { db } = ctx.platform;
  const [fromClasses, toClasses] = await readClasses(db, from, to);
  const [counts] = await db.execute<Record<ChangeKind, number>>(sql`
    select ${sql.join(
      changeKinds.map(
        (kind) =>
          sql`(count(*) filter (where ${isKind(kind, fromClasses, toClasses)}))::int as ${sql.identifier(kind)}`,
      ),
      sql`, `,
    )}
    from ${bothSides(from, to)}`);
  const before = new Map(fromClasses.map((item) => [item.labelId, item]));
  const after = new Map(toClasses.map((item) => [item.labelId, item]));
  const labelIds = new Set([...after.keys(), ...before.keys()]);
  const classes = Array.from(labelIds, (labelId) => ({
    labelId,
    before: before.get(labelId) ?? null,
    after: after.get(labelId) ?? null,
  }));
  return { from, to, counts: counts!, classes };
}

/** The pictures of one kind, by image id; callers have got the diff, and with it access. */
export async function listDatasetVersionChanges(
  { platform: { db } }: ActionContext,
  { from, to }: Pick<DatasetVersionDiff, 'from' | 'to'>,
  kind: ChangeKind,
  request: PageRequest,
): Promise<Page<DatasetVersionChange>> {
  const { limit, after } = readPageRequest(request);
  const [fromClasses, toClasses] = await readClasses(db, from, to);
  const imageId = sql`coalesce(after.image_id, before.image_id)`;
  const rows = await db.execute<{
    image_id: string;
    sha256: Buffer;
    before_classes: number[] | null;
    before_split: SplitName | null;
    after_classes: number[] | null;
    after_split: SplitName | null;
    annotated_by: string | null;
  }>(sql`
    select ${imageId} as image_id, coalesce(after.sha256, before.sha256) as sha256, before.class_indexes as before_classes,
      before.split as before_split, after.class_indexes as after_classes, after.split as after_split, after.annotated_by
    from ${bothSides(from, to)}
    where ${isKind(kind, fromClasses, toClasses)} ${after === undefined ? sql`` : sql`and ${imageId} > ${after}`}
    order by 1 limit ${limit + 1}`);
  const names = await readUserNames(
    db,
    rows.flatMap((row) => row.annotated_by ?? []),
  );
  const held = (classes: readonly DatasetClass[], indexes: number[] | null, split: SplitName | null) =>
    indexes && { labels: indexes.map((index) => classes[index]!), split: split! };
  const changes = rows.map((row): DatasetVersionChange => {
    const userName = row.annotated_by === null ? undefined : names.get(row.annotated_by);
    return {
      imageId: row.image_id,
      sha256: row.sha256,
      before: held(fromClasses, row.before_classes, row.before_split),
      after: held(toClasses, row.after_classes, row.after_split),
      annotatedBy: userName === undefined ? null : { userId: row.annotated_by!, userName },
    };
  });
  return toPage(changes, limit);
}

const readClasses = (db: Database, from: DatasetVersion, to: DatasetVersion) =>
  Promise.all([readDatasetClasses(db, from.id), readDatasetClasses(db, to.id)]);

/** One row for each picture of either version. */
const bothSides = (from: DatasetVersion, to: DatasetVersion): SQL => sql`
  (select * from dataset_version_image where dataset_version_id = ${from.id}) before
  full join (select * from dataset_version_image where dataset_version_id = ${to.id}) after on after.sha256 = before.sha256`;

function isKind(kind: ChangeKind, from: readonly DatasetClass[], to: readonly DatasetClass[]): SQL {
  switch (kind) {
    case 'ADDED':
      return sql`before.sha256 is null`;
    case 'REMOVED':
      return sql`after.sha256 is null`;
    case 'RELABELLED':
      return sql`after.class_indexes <> ${inIndexesOf(to, from)}`;
    case 'MOVED':
      return sql`after.split <> before.split`;
  }
}

/** The labels before in class indexes of the version after; null where there is no picture before. Those without one become -1. */
function inIndexesOf(to: readonly DatasetClass[], from: readonly DatasetClass[]): SQL {
  const indexes = new Map(to.map((item) => [item.labelId, item.classIndex]));
  const mapped = from.map((item) => indexes.get(item.labelId) ?? -1);
  if (mapped.every((index, at) => index === at)) return sql`before.class_indexes`;
  return sql`case when before.sha256 is not null then
    array(select (${sql.param(mapped)}::integer[])[held + 1] as mapped from unnest(before.class_indexes) held order by mapped) end`;
}
