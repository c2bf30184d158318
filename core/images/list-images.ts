import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readLabels, readLabelsById, type Label } from '../labels/label-row.ts';
import { batched, mostPagesAtOnce } from '../platform/batched.ts';
import type { Database } from '../platform/database.ts';
import { ValidationError } from '../platform/errors.ts';
import { objectUrl } from '../platform/object-url.ts';
import { isUuid, readPageRequest, type Page, type PageRequest } from '../platform/page.ts';
import { perDatabase } from '../platform/per-database.ts';
import type { Platform } from '../platform/platform.ts';
import { storableText, validate } from '../platform/validate.ts';
import { loadProject } from '../projects/project-row.ts';
import type { ImageFilter } from './image-filter.ts';
import { readImagePage, type ImageOrder, type ImagePlace } from './image-page.ts';
import { imageKey, requireImage, type Image, type ImageForm } from './image-row.ts';
import { annotationTable } from './table.ts';

export interface ImageListRequest extends PageRequest {
  readonly projectId: string;
  readonly filter?: ImageFilter | null | undefined;
  /** Default by upload time. */
  readonly orderBy?: ImageOrder | null | undefined;
  /** Default newest first, and names from A to Z. */
  readonly direction?: 'ASC' | 'DESC' | null | undefined;
}

export interface ListedImage {
  readonly image: Image;
  readonly cursor: string;
}

const text = (most: number) =>
  storableText().min(1, 'must not be empty').max(most, `must have at most ${most} characters`).nullish();
const filterInput = z.object({ filter: z.object({ fileNameContains: text(200), group: text(1024) }).nullish() });

/**
 * A page of the images of the project that meet all conditions of the filter. At bounded cost, see {@link readImagePage}: it may hold fewer images than
 * asked for although more follow; `hasNextPage` and `endCursor` tell.
 */
export async function listImages(ctx: ActionContext, request: ImageListRequest): Promise<Page<ListedImage>> {
  const { projectId } = request;
  await requireProject(ctx, projectId, 'VIEWER');
  const orderBy = request.orderBy ?? 'UPLOADED_AT';
  const { limit } = readPageRequest({ first: request.first });
  validate(filterInput, request);
  const after = request.after == null ? undefined : readCursor(orderBy, request.after);
  const filter = request.filter ?? {};
  const { db } = ctx.platform;
  if (filter.labelId != null && (await readLabels(db, projectId, [filter.labelId])).length === 0)
    return { items: [], hasNextPage: false };
  const isAscending = (request.direction ?? (orderBy === 'UPLOADED_AT' ? 'DESC' : 'ASC')) === 'ASC';
  const page = await readImagePage(db, { projectId, filter, orderBy, isAscending, limit, after });
  return {
    items: page.items.map((image) => ({ image, cursor: writeCursor(orderBy, image) })),
    hasNextPage: page.hasNextPage,
    endCursor: page.endPlace && writeCursor(orderBy, page.endPlace),
  };
}

const writeCursor = (orderBy: ImageOrder, { id, nameKey }: ImagePlace): string =>
  orderBy === 'UPLOADED_AT' ? id : `${id}.${Buffer.from(nameKey).toString('base64url')}`;

function readCursor(orderBy: ImageOrder, cursor: string): ImagePlace {
  const [id, name, ...more] = cursor.split('.');
  const isWhole = (name === undefined) === (orderBy === 'UPLOADED_AT') && more.length === 0;
  const nameKey = Buffer.from(name ?? '', 'base64url').toString();
  if (!isUuid(id!) || !isWhole || nameKey.includes('\0'))
    throw new ValidationError([{ path: ['after'], message: 'is not a cursor of this list' }]);
  return { id: id!, nameKey };
}

/** How many images there are by counts that are maintained: all, those with or without a label, those of one label. Null for any other filter. */
export async function countImages(ctx: ActionContext, projectId: string, filter: ImageFilter): Promise<number | null> {
  await requireProject(ctx, projectId, 'VIEWER');
  const { isLabelled, labelId, ...others } = filter;
  if (Object.values(others).some((condition) => condition != null)) return null;
  const { db } = ctx.platform;
  if (labelId != null) {
    const [label] = await readLabels(db, projectId, [labelId]);
    return isLabelled === false ? 0 : (label?.imageCount ?? 0);
  }
  const { imageCount, labelledImageCount } = await loadProject(db, projectId);
  if (isLabelled == null) return imageCount;
  return isLabelled ? labelledImageCount : imageCount - labelledImageCount;
}

/** @throws {NotFoundError} */
export async function getImage(ctx: ActionContext, imageId: string): Promise<Image> {
  return requireImage(ctx, imageId, 'VIEWER');
}

export interface Annotation {
  readonly imageId: string;
  readonly label: Label;
  readonly source: 'HUMAN' | 'IMPORT' | 'MODEL';
  readonly confidence: number | null;
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

const selectAnnotations = perDatabase((db: Database) =>
  db
    .select()
    .from(annotationTable)
    .where(sql`${annotationTable.imageId} = any(${sql.placeholder('imageIds')}::uuid[])`)
    .prepare('annotations'),
);

/** Of whole lists of images, since these come from pages of them. */
const findAnnotations = batched(async (db, lists: readonly (readonly string[])[]) => {
  const byImage = new Map<string, Annotation[]>(lists.flat().map((id) => [id, []]));
  const rows = await selectAnnotations(db).execute({ imageIds: [...byImage.keys()] });
  const labels = await readLabelsById(db, [...new Set(rows.map((row) => row.labelId))]);
  for (const row of rows) {
    const label = labels.get(row.labelId);
    if (label) byImage.get(row.imageId)!.push({ ...row, label });
  }
  return lists.map((imageIds) => imageIds.map((id) => byImage.get(id)!));
}, mostPagesAtOnce);

/**
 * Annotations of images that the caller may see, for a data loader: one list an image, in the order asked. One whose label is
 * deleted between the two reads goes with it.
 */
export const readAnnotations = ({ db }: Platform, imageIds: readonly string[]): Promise<Annotation[][]> =>
  findAnnotations(db, imageIds);

const downloadLifetimeSeconds = 60 * 60;

/** A signed address of the image's bytes in one of its forms. Stable within an hour, so that browsers can cache it. */
export function imageUrl(platform: Platform, image: Image, form: ImageForm): string {
  const key = imageKey(image.projectId, image.sha256, form);
  const hour = Math.floor(Date.now() / 1000 / downloadLifetimeSeconds);
  return objectUrl(platform, key, {
    from: hour * downloadLifetimeSeconds,
    until: (hour + 2) * downloadLifetimeSeconds,
  });
}
