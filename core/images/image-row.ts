import { and, eq, isNull, sql } from 'drizzle-orm';
import { requireProjectOf, type ProjectRole } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { batched } from '../platform/batched.ts';
import type { Database, Queryable } from '../platform/database.ts';
import { isUuid } from '../platform/page.ts';
import { perDatabase } from '../platform/per-database.ts';
import { baseName, imageTable } from './table.ts';

export type Image = typeof imageTable.$inferSelect;

export const imageForms = ['original', 'normalised', 'thumbnail'] as const;
/** The uploaded bytes, the normalised JPEG that everything is trained on and predicted from, the small one for grids. */
export type ImageForm = (typeof imageForms)[number];

/** Where the bytes of a picture live: by project and content. */
export function imageKey(projectId: string, sha256: Buffer, form: ImageForm): string {
  return `projects/${projectId}/images/${sha256.toString('hex')}/${form}`;
}

const selectImages = perDatabase((db: Database) =>
  db
    .select()
    .from(imageTable)
    .where(and(sql`${imageTable.id} = any(${sql.placeholder('imageIds')}::uuid[])`, isNull(imageTable.deletedAt)))
    .prepare('images_by_id'),
);

const findImage = batched(async (db, imageIds: readonly string[]) => {
  const rows = await selectImages(db).execute({ imageIds: [...new Set(imageIds)] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return imageIds.map((id) => byId.get(id));
});

/** The image, once the viewer's role in its project is checked. Deleted images are not found. @throws {NotFoundError} */
export async function requireImage(ctx: ActionContext, imageId: string, role: ProjectRole): Promise<Image> {
  const image = isUuid(imageId) ? await findImage(ctx.platform.db, imageId) : undefined;
  await requireProjectOf(ctx, 'Image', imageId, image?.projectId, role);
  return image!;
}

/** A picture that the project has already, by content. */
export async function findBySha256(db: Queryable, projectId: string, sha256: Buffer): Promise<Image | undefined> {
  const [image] = await db
    .select()
    .from(imageTable)
    .where(and(eq(imageTable.projectId, projectId), eq(imageTable.sha256, sha256), isNull(imageTable.deletedAt)));
  return image;
}

/**
 * The live images of these ids, in id order, for callers that hold the project's lock: whoever changes an image has it, but for its hash. Locking the rows as well
 * would write each of them once more.
 */
export async function readLiveImages(db: Queryable, projectId: string, imageIds: readonly string[]): Promise<Image[]> {
  const ids = imageIds.filter(isUuid);
  if (ids.length === 0) return [];
  return selectLive(db).execute({ projectId, ids });
}

const selectLive = perDatabase((db: Queryable) =>
  db
    .select()
    .from(imageTable)
    .where(
      and(
        eq(imageTable.projectId, sql.placeholder('projectId')),
        sql`${imageTable.id} = any(${sql.placeholder('ids')}::uuid[])`,
        isNull(imageTable.deletedAt),
      ),
    )
    .orderBy(imageTable.id)
    .prepare('live_images'),
);

export interface LabelledImage {
  readonly imageId: string;
  readonly sha256: Buffer;
  /** At least one, in label order. */
  readonly labelIds: readonly string[];
  /** Who said so last; null when that is not known, or the user was deleted. */
  readonly annotatedBy: string | null;
  readonly splitOverride: Image['splitOverride'];
  readonly group: string | null;
  /** 32 bytes; null where there is none (yet). */
  readonly perceptualHash: Buffer | null;
  /** False for images of before there were hashes, until theirs is computed. */
  readonly isHashed: boolean;
}

/** Every image of the project that carries some of these labels, with those, in id order: what a dataset version is made of. */
export async function readLabelledImages(
  db: Queryable,
  projectId: string,
  labelIds: readonly string[],
): Promise<LabelledImage[]> {
  const rows = await db.execute<{
    image_id: string;
    sha256: Buffer;
    label_ids: string[];
    annotated_by: string | null;
    split_override: Image['splitOverride'];
    group_key: string | null;
    perceptual_hash: Buffer | null;
    is_hashed: boolean;
  }>(sql`
    select image.id as image_id, image.sha256, array_agg(annotation.label_id order by annotation.label_id) as label_ids,
      (array_agg(annotation.created_by order by annotation.created_at desc, annotation.label_id))[1] as annotated_by,
      split_override, group_key, nullif(perceptual_hash, ''::bytea) as perceptual_hash, perceptual_hash is not null as is_hashed
    from image join annotation on annotation.image_id = image.id and annotation.label_id = any(${sql.param([...labelIds])}::uuid[])
    where image.project_id = ${projectId} and image.deleted_at is null and image.is_labelled
    group by image.id
    order by image.id`);
  return rows.map((row) => ({
    imageId: row.image_id,
    sha256: row.sha256,
    labelIds: row.label_ids,
    annotatedBy: row.annotated_by,
    splitOverride: row.split_override,
    group: row.group_key,
    perceptualHash: row.perceptual_hash,
    isHashed: row.is_hashed,
  }));
}

/** Those of the digests whose picture the project has, in hexadecimal. */
export async function findDigests(db: Queryable, projectId: string, digests: readonly Buffer[]): Promise<string[]> {
  return (await readByDigest(db, projectId, digests)).map(({ sha256 }) => sha256.toString('hex'));
}

/** The live images with these contents, in no order. */
export async function readByDigest(db: Queryable, projectId: string, digests: readonly Buffer[]): Promise<Image[]> {
  if (digests.length === 0) return [];
  const asked = `{${digests.map((each) => `"\\\\x${each.toString('hex')}"`).join(',')}}`;
  return db
    .select()
    .from(imageTable)
    .where(
      and(
        eq(imageTable.projectId, projectId),
        sql`${imageTable.sha256} = any(${asked}::bytea[])`,
        isNull(imageTable.deletedAt),
      ),
    );
}

/** More images of one name than this cannot be told apart anyway. */
const mostOfName = 50;

/** Live images whose file has one of these names, folders left out; of each name at most 50. */
export async function readByBaseName(
  db: Queryable,
  projectId: string,
  names: readonly string[],
): Promise<{ readonly id: string; readonly fileName: string }[]> {
  // With a LIMIT for each name PostgreSQL would walk through the whole project for each, as long as it has no statistics of it.
  const rows = await db.execute<{ id: string; file_name: string }>(sql`
    select id, file_name from (
      select id, file_name, row_number() over (partition by ${baseName(imageTable.fileName)} order by id) as place
      from ${imageTable}
      where ${imageTable.projectId} = ${projectId} and ${imageTable.deletedAt} is null
        and ${baseName(imageTable.fileName)} = any(${sql.param([...new Set(names)])}::text[])) found
    where place <= ${mostOfName}`);
  return rows.map((row) => ({ id: row.id, fileName: row.file_name }));
}
