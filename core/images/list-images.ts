import { and, desc, eq, gt, inArray, isNull, lt } from 'drizzle-orm';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readLabelsById, type Label } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import { isUuid, readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import { signGrant } from '../platform/signed-url.ts';
import type { Platform } from '../platform/platform.ts';
import { imageKey, requireImage, type Image, type ImageForm } from './image-row.ts';
import { annotationTable, imageTable } from './table.ts';

export interface ImageFilter {
  readonly isLabelled?: boolean | null | undefined;
  readonly labelId?: string | null | undefined;
}

export interface ImageListRequest extends PageRequest {
  readonly projectId: string;
  readonly filter?: ImageFilter | null | undefined;
  /** By upload time; default newest first. */
  readonly direction?: 'ASC' | 'DESC' | null | undefined;
}

/** Images of the project by upload time; every filter has its index. */
export async function listImages(ctx: ActionContext, request: ImageListRequest): Promise<Page<Image>> {
  await requireProject(ctx, request.projectId, 'VIEWER');
  const { limit, after } = readPageRequest(request);
  const { filter } = request;
  // As for any other label that the project does not have.
  if (filter?.labelId != null && !isUuid(filter.labelId)) return { items: [], hasNextPage: false };
  const ascending = request.direction === 'ASC';
  const { db } = ctx.platform;
  const rows = await db
    .select()
    .from(imageTable)
    .where(
      and(
        eq(imageTable.projectId, request.projectId),
        isNull(imageTable.deletedAt),
        filter?.isLabelled == null ? undefined : eq(imageTable.isLabelled, filter.isLabelled),
        filter?.labelId == null
          ? undefined
          : inArray(
              imageTable.id,
              db
                .select({ id: annotationTable.imageId })
                .from(annotationTable)
                .where(eq(annotationTable.labelId, filter.labelId)),
            ),
        after === undefined ? undefined : ascending ? gt(imageTable.id, after) : lt(imageTable.id, after),
      ),
    )
    .orderBy(ascending ? imageTable.id : desc(imageTable.id))
    .limit(limit + 1);
  return toPage(rows, limit);
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

/**
 * Annotations of images that the caller may see, for a data loader: one list an image, in the order asked. One whose label is
 * deleted between the two reads goes with it.
 */
export async function readAnnotations({ db }: Platform, imageIds: readonly string[]): Promise<Annotation[][]> {
  const rows = await db.select().from(annotationTable).where(anyOf(annotationTable.imageId, imageIds));
  const labels = await readLabelsById(db, [...new Set(rows.map((row) => row.labelId))]);
  const byImage = new Map<string, Annotation[]>(imageIds.map((id) => [id, []]));
  for (const row of rows) {
    const label = labels.get(row.labelId);
    if (label) byImage.get(row.imageId)!.push({ ...row, label });
  }
  return imageIds.map((id) => byImage.get(id)!);
}

const downloadLifetimeSeconds = 60 * 60;

/** A signed address of the image's bytes in one of its forms. Stable within an hour, so that browsers can cache it. */
export function imageUrl(platform: Platform, image: Image, form: ImageForm): string {
  const key = imageKey(image.projectId, image.sha256, form);
  const now = Math.floor(Date.now() / 1000);
  const expires = (Math.floor(now / downloadLifetimeSeconds) + 2) * downloadLifetimeSeconds;
  return `${platform.publicUrl}/objects/${key}?${signGrant(platform.signingSecret, { verb: 'GET', subject: key, expires })}`;
}
