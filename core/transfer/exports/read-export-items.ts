import { sql } from 'drizzle-orm';
import { readDatasetClasses, type DatasetVersion } from '../../datasets/dataset-versions.ts';
import {
  readCurrentPictures,
  readVersionPictures,
  type DatasetPicture,
  type PictureBatch,
  type PictureLabel,
} from '../../datasets/picture-batches.ts';
import { readAllLabels } from '../../labels/label-row.ts';
import type { Database } from '../../platform/database.ts';
import type { TransferLabel } from '../formats/item.ts';
import { isPicturePath } from '../formats/picture-path.ts';
import type { ExportItem } from './export-items.ts';

/** What an export is made of: label names in class order, and the pictures. */
export interface ExportSource {
  readonly classes: readonly string[];
  readonly items: AsyncIterable<ExportItem>;
}

const batchSize = 1000;

/** The pictures of a dataset version, which never changes. It does not hold who labelled, when and how sure. */
export async function readVersionItems(db: Database, version: Pick<DatasetVersion, 'id'>): Promise<ExportSource> {
  const classes = await readDatasetClasses(db, version.id);
  return {
    classes: classes.map(({ name }) => name),
    items: inBatches((batch) => readVersionPictures(db, version.id, classes, batch)),
  };
}

/**
 * The pictures of a project with their labels at one moment: `consume` gets them inside one transaction and should be quick, since
 * PostgreSQL keeps what is deleted meanwhile.
 */
export function readCurrentItems<Result>(
  db: Database,
  projectId: string,
  options: { readonly includeUnlabelled: boolean },
  consume: (source: ExportSource, readAt: Date) => Promise<Result>,
): Promise<Result> {
  return db.transaction(
    async (tx) => {
      // A million rows take longer than workers' transactions may; a process that is frozen is still cut off.
      const [row] = await tx.execute<{ now: string }>(sql`select now()::text as now,
        set_config('transaction_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '60s', true)`);
      const labels = await readAllLabels(tx, projectId);
      const items = inBatches((batch) => readCurrentPictures(tx, projectId, options, batch));
      return await consume({ classes: labels.map(({ name }) => name), items }, new Date(row!.now));
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function* inBatches(read: (batch: PictureBatch) => Promise<DatasetPicture[]>): AsyncGenerator<ExportItem, void> {
  let after: string | undefined;
  for (;;) {
    const pictures = await read({ after, limit: batchSize });
    for (const picture of pictures) yield toItem(picture);
    if (pictures.length < batchSize) return;
    after = pictures.at(-1)!.imageId;
  }
}

function toItem({ sha256, file, labels, split }: DatasetPicture): ExportItem {
  const digest = sha256.toString('hex');
  const name = file?.name ?? `${digest}.jpg`;
  return {
    source: isPicturePath(name) ? name : `${name}.${endingOf(file!.format)}`,
    sha256: digest,
    labels: labels.map(toLabel),
    split,
    ...(file && { size: { width: file.width, height: file.height } }),
  };
}

const endingOf = (format: string) => (format === 'JPEG' ? 'jpg' : format.toLowerCase());

function toLabel({ name, source, userName, confidence, createdAt }: PictureLabel): TransferLabel {
  const annotatedBy = source && annotatorOf(source, userName);
  return {
    name,
    ...(annotatedBy !== undefined && { annotatedBy }),
    ...(confidence !== undefined && { confidence }),
    ...(createdAt && { createdAt }),
  };
}

/** As ModelArts says it. Of what came with imported data nobody knows who had said it. */
function annotatorOf(source: NonNullable<PictureLabel['source']>, userName: string | undefined): string | undefined {
  if (source === 'MODEL') return 'exemplar/model';
  if (source === 'IMPORT') return undefined;
  return userName === undefined ? 'human' : `human/${userName}`;
}
