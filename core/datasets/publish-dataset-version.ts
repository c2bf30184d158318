import type { Transaction } from '../platform/database.ts';
import { integerArray } from '../platform/integer-array.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { contentSha256, type DatasetDraft } from './dataset-draft.ts';
import type { DatasetVersion } from './dataset-versions.ts';
import {
  datasetVersionImageTable,
  datasetVersionLabelTable,
  datasetVersionTable,
  splitAssignmentTable,
} from './table.ts';
import { sql } from 'drizzle-orm';

export interface PublishOptions {
  readonly projectId: string;
  readonly name: string;
  readonly trainRatio: number;
  readonly seed: number;
  readonly createdBy: string;
}

/** PostgreSQL allows 65,535 parameters a statement. */
const rowsPerInsert = 5000;

/**
 * Freezes the draft as a dataset version and remembers where each picture stands, for good. The caller holds the project's lock,
 * so that the draft is still true. @throws {ConflictError} when the name is taken.
 */
export async function publishDatasetVersion(
  tx: Transaction,
  options: PublishOptions,
  draft: DatasetDraft,
): Promise<DatasetVersion> {
  const trainCount = draft.images.filter((image) => image.split === 'TRAIN').length;
  const [version] = await mappingConstraints(() =>
    tx
      .insert(datasetVersionTable)
      .values({
        ...options,
        contentSha256: contentSha256(draft),
        imageCount: draft.images.length,
        trainCount,
        validationCount: draft.images.length - trainCount,
      })
      .returning(),
  );
  const datasetVersionId = version!.id;
  await tx.insert(datasetVersionLabelTable).values(
    draft.classes.map(({ label, trainCount, validationCount }, classIndex) => ({
      datasetVersionId,
      classIndex,
      labelId: label.id,
      name: label.name,
      color: label.color,
      trainCount,
      validationCount,
    })),
  );
  for (let start = 0; start < draft.images.length; start += rowsPerInsert) {
    const images = draft.images.slice(start, start + rowsPerInsert);
    await tx.insert(datasetVersionImageTable).values(
      images.map(({ classIndexes, ...image }) => ({
        datasetVersionId,
        ...image,
        classIndexes: integerArray(classIndexes),
      })),
    );
    await tx
      .insert(splitAssignmentTable)
      .values(images.map(({ sha256, split }) => ({ projectId: options.projectId, sha256, split })))
      .onConflictDoUpdate({
        target: [splitAssignmentTable.projectId, splitAssignmentTable.sha256],
        set: { split: sql`excluded.split` },
        setWhere: sql`${splitAssignmentTable.split} <> excluded.split`,
      });
  }
  return version!;
}
