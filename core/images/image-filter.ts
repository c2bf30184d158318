import { and, eq, gte, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { isUuid } from '../platform/page.ts';
import type { Image } from './image-row.ts';
import { annotationTable, imageLookTable, imageStandingTable, imageTable } from './table.ts';

export interface ImageFilter {
  readonly isLabelled?: boolean | null | undefined;
  /** Carries this label, which must be one of the project. */
  readonly labelId?: string | null | undefined;
  /** Somebody, this user, said a label that it carries. */
  readonly annotatedById?: string | null | undefined;
  readonly uploadedById?: string | null | undefined;
  /** From this moment on, ... */
  readonly uploadedAfter?: Date | null | undefined;
  /** ... and before this one. */
  readonly uploadedBefore?: Date | null | undefined;
  /** Whatever the case of letters; 1 to 200 characters. */
  readonly fileNameContains?: string | null | undefined;
  /** Where it stands: by override, else where the last dataset version put its picture. */
  readonly split?: Image['splitOverride'] | undefined;
  readonly group?: string | null | undefined;
  /** Whether another image of the project looks alike ({@link compareImages}). */
  readonly hasNearDuplicates?: boolean | null | undefined;
}

/** An index that holds the images of one condition, perhaps with some more, in the order of their ids. */
export interface ImageSource {
  readonly from: SQL;
  readonly id: SQL;
  readonly where: SQL;
  /** Whether an image can be in it several times, one right after the other. */
  readonly repeats?: boolean;
  /** Its entries are the images themselves. */
  readonly isWhole?: boolean;
  /** There is another index that holds the same images, in the order of their names. */
  readonly hasNames?: boolean;
}

/** The condition as a filter of rows of `image`, and the index by which its images are found, where it has one. */
export interface Condition {
  readonly matches: SQL;
  readonly source?: ImageSource;
  /** `matches` looks at no column of the image but its id. */
  readonly isOfId: boolean;
}

/** All live images of the project. */
export const wholeProject = (projectId: string): ImageSource => imagesWhere(projectId, sql`true`);

function imagesWhere(projectId: string, where: SQL): ImageSource {
  return {
    from: sql`${imageTable}`,
    id: sql`${imageTable.id}`,
    where: and(eq(imageTable.projectId, projectId), isNull(imageTable.deletedAt), where)!,
    isWhole: true,
  };
}

/** The conditions of the filter, in the order in which we would rather go by their index. */
export function conditionsOf(projectId: string, filter: ImageFilter): Condition[] {
  const conditions: Condition[] = [];
  const addOf = (isOfId: boolean) => (matches: SQL, source?: ImageSource) =>
    conditions.push({ matches, isOfId, ...(source && { source }) });
  const add = addOf(false);
  const addOfId = addOf(true);
  const { group, split, fileNameContains, uploadedAfter, uploadedBefore } = filter;
  if (filter.hasNearDuplicates != null) {
    const isAlike = sql`exists (
      select from image_look look join image_look other on other.cluster_id = look.cluster_id and other.image_id <> look.image_id
      join image alike on alike.id = other.image_id and alike.deleted_at is null
      where look.image_id = ${imageTable.id})`;
    if (filter.hasNearDuplicates)
      addOfId(isAlike, {
        from: sql`${imageLookTable}`,
        id: sql`${imageLookTable.imageId}`,
        where: and(eq(imageLookTable.projectId, projectId), isNotNull(imageLookTable.clusterId))!,
      });
    else addOfId(sql`not ${isAlike}`);
  }
  if (group != null) {
    const matches = and(eq(imageTable.group, group), isNotNull(imageTable.group))!;
    add(matches, { ...imagesWhere(projectId, matches), hasNames: true });
  }
  const isAnnotated = (said: SQL, repeats: boolean) =>
    addOfId(
      sql`exists (select from ${annotationTable} where ${eq(annotationTable.imageId, imageTable.id)} and ${said})`,
      {
        from: sql`${annotationTable}`,
        id: sql`${annotationTable.imageId}`,
        where: said,
        repeats,
      },
    );
  const { labelId, annotatedById } = filter;
  if (labelId != null) isAnnotated(eq(annotationTable.labelId, labelId), false);
  if (annotatedById != null)
    isAnnotated(
      isUuid(annotatedById)
        ? and(eq(annotationTable.projectId, projectId), eq(annotationTable.createdBy, annotatedById))!
        : sql`false`,
      true,
    );
  if (filter.uploadedById != null) {
    const matches = isUuid(filter.uploadedById) ? eq(imageTable.createdBy, filter.uploadedById) : sql`false`;
    add(matches, imagesWhere(projectId, matches));
  }
  if (split != null) {
    const stands = and(eq(imageStandingTable.projectId, projectId), eq(imageStandingTable.split, split))!;
    addOfId(
      sql`exists (select from ${imageStandingTable} where ${eq(imageStandingTable.imageId, imageTable.id)} and ${stands})`,
      {
        from: sql`${imageStandingTable}`,
        id: sql`${imageStandingTable.imageId}`,
        where: stands,
      },
    );
  }
  if (filter.isLabelled != null) {
    const matches = eq(imageTable.isLabelled, filter.isLabelled);
    add(matches, imagesWhere(projectId, matches));
  }
  if (fileNameContains != null) add(sql`position(lower(${fileNameContains}) in lower(${imageTable.fileName})) > 0`);
  if (uploadedAfter != null) add(gte(imageTable.createdAt, uploadedAfter));
  if (uploadedBefore != null) add(lt(imageTable.createdAt, uploadedBefore));
  return conditions;
}

/** An id is made when its image is inserted, at most this long after what older images have as the time of their upload. */
const idDelayMilliseconds = 60_000;

/**
 * Between which ids the images of the filter's time span lie, for the sake of the index: ids begin with the milliseconds of their making (RFC 9562,
 * UUIDv7). The exact span is among the conditions.
 */
export function idRange({ uploadedAfter, uploadedBefore }: ImageFilter): { least?: string; below?: string } {
  return {
    ...(uploadedAfter && { least: firstIdAt(uploadedAfter.getTime() - 1) }),
    ...(uploadedBefore && { below: firstIdAt(uploadedBefore.getTime() + idDelayMilliseconds) }),
  };
}

function firstIdAt(milliseconds: number): string {
  const hex = Math.min(Math.max(0, milliseconds), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
