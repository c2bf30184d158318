import { and, getTableColumns, sql, type SQL } from 'drizzle-orm';
import { batched, mostPagesAtOnce } from '../platform/batched.ts';
import type { Database } from '../platform/database.ts';
import { perDatabase } from '../platform/per-database.ts';
import {
  conditionsOf,
  idRange,
  wholeProject,
  type Condition,
  type ImageFilter,
  type ImageSource,
} from './image-filter.ts';
import type { Image } from './image-row.ts';
import { imageTable } from './table.ts';

export const imageOrders = ['UPLOADED_AT', 'FILE_NAME'] as const;
export type ImageOrder = (typeof imageOrders)[number];

export interface ImagePageRequest {
  readonly projectId: string;
  readonly filter: ImageFilter;
  readonly orderBy: ImageOrder;
  readonly isAscending: boolean;
  readonly limit: number;
  readonly after: ImagePlace | undefined;
}

/** A place in the order. */
export interface ImagePlace {
  readonly id: string;
  /** In the order by file name. */
  readonly nameKey: string;
}

/** Images that a page looks at, at most: some 15 ms. What it has not found by then is for the next page. */
export const mostExamined = 5000;
/** So many are sorted for a page by file name, instead of looking through all names. */
export const mostSorted = 2000;

export interface ImagePage {
  readonly items: readonly Image[];
  readonly hasNextPage: boolean;
  /** Where the next page begins, if that is not after the last item. */
  readonly endPlace?: ImagePlace;
}

/**
 * One page of the project's images. Its cost is bounded whatever the size of the project and the filter: it goes along an index in the order asked,
 * from its place on, and looks at no more than {@link mostExamined} entries. Which index: by upload time the one of the filter's rarest condition;
 * by file name that of the names, all or those of the filter's group, unless another condition has so few images ({@link mostSorted}) that these are
 * sorted. A page may so hold fewer images than asked for, even none, though there are more: where the filter's conditions are common each but hardly
 * ever meet.
 */
export async function readImagePage(db: Database, request: ImagePageRequest): Promise<ImagePage> {
  const conditions = conditionsOf(request.projectId, request.filter);
  if (conditions.length === 0 && request.orderBy === 'UPLOADED_AT') return readAll(db, request);
  const sources = conditions.flatMap(({ source }) => source ?? []);
  const matches = matchesOf(request.projectId, conditions);
  if (request.orderBy === 'UPLOADED_AT')
    return walk(
      db,
      request,
      matches,
      byUpload(request, (await rarest(db, sources))?.source ?? wholeProject(request.projectId)),
    );
  const unnamed = sources.filter((source) => !source.hasNames);
  const few = unnamed.length > 0 ? await rarest(db, unnamed, true) : undefined;
  if (few && few.count <= mostSorted) return sortFew(db, request, matches, few.source);
  const named = conditions.find(({ source }) => source?.hasNames);
  const others = conditions.filter((condition) => condition !== named);
  const source = named?.source ?? wholeProject(request.projectId);
  // The index alone tells the ids, and whose images they are: most of what a long walk costs is looking at the images themselves.
  if (others.every(({ isOfId }) => isOfId))
    return walk(db, request, and(sql`true`, ...others.map((other) => other.matches))!, byName(request, source, true));
  return walk(db, request, matches, byName(request, source, false));
}

const matchesOf = (projectId: string, conditions: readonly Condition[]): SQL =>
  and(
    sql`${imageTable.projectId} = ${projectId}`,
    sql`${imageTable.deletedAt} is null`,
    ...conditions.map((condition) => condition.matches),
  )!;

/** By upload time, where every image is one of the list: a plain step along the index. */
async function readAll(db: Database, { projectId, isAscending, limit, after }: ImagePageRequest): Promise<ImagePage> {
  const find = isAscending ? findAscending : findDescending;
  const images = await find(db, { projectId, beyond: after?.id ?? (isAscending ? firstId : lastId), limit: limit + 1 });
  return { items: images.slice(0, limit), hasNextPage: images.length > limit };
}

const [firstId, lastId] = ['0', 'f'].map((digit) => '00000000-0000-0000-0000-000000000000'.replaceAll('0', digit)) as [
  string,
  string,
];

interface Step {
  readonly projectId: string;
  readonly beyond: string;
  readonly limit: number;
}

/** As expressions: for drizzle the table is no part of the statement. */
const columnsOfStep = Object.fromEntries(
  Object.entries(getTableColumns(imageTable)).map(([name, column]) => [name, sql`${column}`.mapWith(column)]),
) as unknown as (typeof imageTable)['_']['columns'];

/** All pages that are asked for at one moment, each by a step of its own along the index. */
function inOrder(isAscending: boolean) {
  const [compare, direction, name] = isAscending
    ? [sql`>`, sql`asc`, 'images_ascending']
    : [sql`<`, sql`desc`, 'images_descending'];
  const select = perDatabase((db: Database) =>
    db
      .select({ step: sql<number>`step::int`, image: columnsOfStep })
      .from(
        sql`unnest(${sql.placeholder('projectIds')}::uuid[], ${sql.placeholder('beyond')}::uuid[], ${sql.placeholder('limits')}::int[])
          with ordinality as asked (of_project, beyond, most, step)
        cross join lateral (
          select * from ${imageTable} where project_id = of_project and deleted_at is null and id ${compare} beyond
          order by id ${direction} limit most) image`,
      )
      .prepare(name),
  );
  return batched(async (db, steps: readonly Step[]) => {
    const rows = await select(db).execute({
      projectIds: steps.map(({ projectId }) => projectId),
      beyond: steps.map(({ beyond }) => beyond),
      limits: steps.map(({ limit }) => limit),
    });
    const pages: Image[][] = steps.map(() => []);
    for (const { step, image } of rows) pages[step - 1]!.push(image);
    const order = isAscending ? 1 : -1;
    return pages.map((page) => page.sort((a, b) => (a.id < b.id ? -order : order)));
  }, mostPagesAtOnce);
}
const findAscending = inOrder(true);
const findDescending = inOrder(false);

/** The source with the fewest entries, as far as is counted. */
async function rarest(
  db: Database,
  sources: readonly ImageSource[],
  countOne = false,
): Promise<{ source: ImageSource; count: number } | undefined> {
  if (sources.length === 0) return undefined;
  if (sources.length === 1 && !countOne) return { source: sources[0]!, count: Number.POSITIVE_INFINITY };
  const counted = sources.map(
    ({ from, where }) =>
      sql`(select count(*) from (select from ${from} where ${where} limit ${mostSorted + 1}) counted)`,
  );
  const [row] = await db.execute<{ counts: string[] }>(
    sql`select array[${sql.join(counted, sql`, `)}]::int[] as counts`,
  );
  const counts = row!.counts.map(Number);
  const least = Math.min(...counts);
  return { source: sources[counts.indexOf(least)]!, count: least };
}

/** The order, given how the key of the name and the id are called. */
type Order = (nameKey: string, id: string) => SQL;

/** An index scan in the order asked: the next candidates. */
interface Walk {
  readonly candidates: (limit: SQL) => SQL;
  readonly order: Order;
  /** Whether the candidates have all columns of their images that matter, so that nobody looks for these again. */
  readonly isWhole: boolean;
}

function byUpload({ filter, isAscending, after }: ImagePageRequest, source: ImageSource): Walk {
  const { from, id: of, where, repeats, isWhole = false } = source;
  const { least, below } = idRange(filter);
  const span = and(
    where,
    after && (isAscending ? sql`${of} > ${after.id}` : sql`${of} < ${after.id}`),
    least === undefined ? undefined : sql`${of} >= ${least}`,
    below === undefined ? undefined : sql`${of} < ${below}`,
  )!;
  const direction = sql.raw(isAscending ? 'asc' : 'desc');
  const columns = isWhole ? sql`*` : sql`${sql.raw(repeats ? 'distinct on (1)' : '')} ${of} as id`;
  return {
    candidates: (limit) =>
      sql`select ${columns} from ${from} where ${span} order by ${isWhole ? of : sql`1`} ${direction} ${limit}`,
    order: (_nameKey, id) => sql`${sql.raw(id)} ${direction}`,
    isWhole,
  };
}

const nameOrder =
  (isAscending: boolean): Order =>
  (...columns) =>
    sql.raw(columns.map((column) => `${column} ${isAscending ? 'asc' : 'desc'}`).join(', '));

/** Further on in the order of names than the page before. */
const beyondName = ({ isAscending, after }: ImagePageRequest): SQL | undefined =>
  after &&
  sql`(${imageTable.nameKey}, ${imageTable.id}) ${sql.raw(isAscending ? '>' : '<')} (${after.nameKey}::text collate "C", ${after.id}::uuid)`;

/** @param onlyIds where nobody looks at another column than the id, so that those of an index are enough. */
function byName(request: ImagePageRequest, { where }: ImageSource, onlyIds: boolean): Walk {
  const { isAscending } = request;
  const direction = sql.raw(isAscending ? 'asc' : 'desc');
  const columns = onlyIds ? sql`${imageTable.id}, ${imageTable.nameKey}` : sql`*`;
  return {
    candidates: (limit) =>
      sql`select ${columns} from ${imageTable} where ${and(where, beyondName(request))!}
        order by ${imageTable.nameKey} ${direction}, ${imageTable.id} ${direction} ${limit}`,
    order: nameOrder(isAscending),
    isWhole: true,
  };
}

async function walk(
  db: Database,
  { limit }: ImagePageRequest,
  matches: SQL,
  { candidates, order, isWhole }: Walk,
): Promise<ImagePage> {
  const next = candidates(sql`limit ${mostExamined}`);
  const found = isWhole
    ? firstOfWhole(next, matches, order('image.name_key', 'image.id'), limit)
    : findFirst(next, matches, order('matching.name_key', 'candidate.id'), limit);
  const rows = await readRows(db, found, order);
  if (rows.length > limit) return { items: rows.slice(0, limit), hasNextPage: true };
  const [last] = await db.execute<{ id: string; name_key?: string }>(
    candidates(sql`limit 1 offset ${mostExamined - 1}`),
  );
  if (!last) return { items: rows, hasNextPage: false };
  return { items: rows, hasNextPage: true, endPlace: { id: last.id, nameKey: last.name_key ?? '' } };
}

async function sortFew(
  db: Database,
  request: ImagePageRequest,
  matches: SQL,
  { from, id, where, isWhole }: ImageSource,
): Promise<ImagePage> {
  const { limit } = request;
  const columns = isWhole ? sql`*` : sql`distinct ${id} as id`;
  const few = sql`select ${columns} from ${from} where ${where} limit ${mostSorted}`;
  const order = nameOrder(request.isAscending);
  const matching = and(matches, beyondName(request))!;
  const found = isWhole
    ? firstOfWhole(few, matching, order('image.name_key', 'image.id'), limit)
    : findFirst(few, matching, order('matching.name_key', 'candidate.id'), limit);
  const rows = await readRows(db, found, order);
  return { items: rows.slice(0, limit), hasNextPage: rows.length > limit };
}

/**
 * The first candidates that match, one more than `limit`. `offset 0` keeps the planner from looking at images in any other order than that of
 * the candidates, and by any other index than that of their ids: without statistics, as after an import, it would.
 */
const findFirst = (candidates: SQL, matches: SQL, order: SQL, limit: number): SQL => sql`
  select candidate.id from (${candidates}) candidate cross join lateral (
    select name_key from (
      select * from ${imageTable} where ${imageTable.id} = candidate.id offset 0) image
    where ${matches} offset 0) matching
  order by ${order} limit ${limit + 1}`;

/** The same of candidates that are images: each is seen once, which is most of what a walk along names costs. */
const firstOfWhole = (candidates: SQL, matches: SQL, order: SQL, limit: number): SQL => sql`
  select image.id from (${candidates}) image cross join lateral (select where ${matches} offset 0) matching
  order by ${order} limit ${limit + 1}`;

const readRows = (db: Database, found: SQL, order: Order): Promise<Image[]> =>
  db
    .select(getTableColumns(imageTable))
    .from(imageTable)
    .innerJoin(sql`(${found}) found`, sql`found.id = ${imageTable.id}`)
    .orderBy(order('image.name_key', 'image.id'));
