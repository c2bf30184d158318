import { sql, type SQL } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';
import type { SplitName } from './split-plan.ts';

/** Who or what said that the picture carries the label, as far as that is known. */
export interface PictureLabel {
  readonly name: string;
  readonly source?: 'HUMAN' | 'IMPORT' | 'MODEL';
  readonly userName?: string;
  readonly confidence?: number;
  readonly createdAt?: Date;
}

export interface DatasetPicture {
  readonly imageId: string;
  readonly sha256: Buffer;
  /** Null where the image is not in the database any more; its bytes are there as long as the version is. */
  readonly file: {
    readonly name: string;
    /** Such as JPEG. */
    readonly format: string;
    readonly width: number;
    readonly height: number;
  } | null;
  /** In class order. */
  readonly labels: readonly PictureLabel[];
  /** Null = not dealt to any side yet. */
  readonly split: SplitName | null;
}

/** Which pictures of a list by image id: those behind `after`, at most `limit`. */
export interface PictureBatch {
  readonly after: string | undefined;
  readonly limit: number;
}

interface PictureRow extends Record<string, unknown> {
  image_id: string;
  sha256: Buffer;
  file_name: string | null;
  format: string;
  width: number;
  height: number;
  split: SplitName | null;
}

const fileColumns = sql`image.file_name, image.format, image.width, image.height`;
const endOf = ({ after, limit }: PictureBatch, column: SQL) =>
  sql`${after === undefined ? sql`` : sql`and ${column} > ${after}`} order by ${column} limit ${limit}`;

/** Pictures of a dataset version with the names that its labels had then; also of images that were deleted since. Callers have checked access. */
export async function readVersionPictures(
  db: Queryable,
  datasetVersionId: string,
  classes: readonly { readonly name: string }[],
  batch: PictureBatch,
): Promise<DatasetPicture[]> {
  const rows = await db.execute<PictureRow & { class_indexes: number[] }>(sql`
    select held.image_id, held.sha256, held.class_indexes, held.split, ${fileColumns}
    from dataset_version_image held left join image on image.id = held.image_id
    where held.dataset_version_id = ${datasetVersionId} ${endOf(batch, sql`held.image_id`)}`);
  return rows.map((row) =>
    toPicture(
      row,
      row.class_indexes.map((index) => ({ name: classes[index]!.name })),
    ),
  );
}

/**
 * Images of the project with their labels as they are now. The side is where a person has put the picture, otherwise where it stood in the
 * last dataset version that has it. Callers have checked access.
 */
export async function readCurrentPictures(
  db: Queryable,
  projectId: string,
  { includeUnlabelled }: { readonly includeUnlabelled: boolean },
  batch: PictureBatch,
): Promise<DatasetPicture[]> {
  interface LabelRow {
    readonly name: string;
    readonly source: 'HUMAN' | 'IMPORT' | 'MODEL';
    readonly confidence: number | null;
    readonly createdAt: string;
    readonly userName: string | null;
  }
  const rows = await db.execute<PictureRow & { labels: LabelRow[] | null }>(sql`
    select image.id as image_id, image.sha256, ${fileColumns}, coalesce(image.split_override, dealt.split) as split,
      (select json_agg(json_build_object('name', label.name, 'source', source, 'confidence', confidence,
          'createdAt', annotation.created_at, 'userName', app_user.name) order by label.id)
        from annotation join label on label.id = annotation.label_id left join app_user on app_user.id = annotation.created_by
        where annotation.image_id = image.id) as labels
    from image left join split_assignment dealt on dealt.project_id = image.project_id and dealt.sha256 = image.sha256
    where image.project_id = ${projectId} and image.deleted_at is null ${includeUnlabelled ? sql`` : sql`and image.is_labelled`}
      ${endOf(batch, sql`image.id`)}`);
  return rows.map((row) =>
    toPicture(
      row,
      (row.labels ?? []).map(({ name, source, confidence, createdAt, userName }) => ({
        name,
        source,
        createdAt: new Date(createdAt),
        ...(userName !== null && { userName }),
        ...(confidence !== null && { confidence }),
      })),
    ),
  );
}

function toPicture(row: PictureRow, labels: readonly PictureLabel[]): DatasetPicture {
  const { format, width, height } = row;
  return {
    imageId: row.image_id,
    sha256: row.sha256,
    file: row.file_name === null ? null : { name: row.file_name, format, width, height },
    labels,
    split: row.split,
  };
}
