import { sql } from 'drizzle-orm';
import { refreshStanding } from '../images/image-standing.ts';
import type { Transaction } from '../platform/database.ts';
import { integerArray } from '../platform/integer-array.ts';
import { mappingConstraints } from '../platform/constraint-errors.ts';
import { contentDigest } from './content-digest.ts';
import type { DatasetDraft } from './dataset-draft.ts';
import type { DatasetVersion } from './dataset-versions.ts';
import type { SplitName } from './split-plan.ts';
import {
  datasetVersionImageTable,
  datasetVersionLabelTable,
  datasetVersionTable,
  splitAssignmentTable,
} from './table.ts';

export interface DatasetVersionFacts {
  readonly projectId: string;
  readonly name: string;
  readonly trainRatio: number;
  readonly testRatio: number;
  readonly seed: number;
  readonly createdBy: string;
}

/** PostgreSQL allows 65,535 parameters a statement. */
const rowsPerInsert = 5000;

/**
 * Freezes the draft as a dataset version and remembers where each picture stands, for good. The caller holds the project's lock,
 * so that the draft is still true. @throws {ConflictError} when the name is taken.
 */
export async function storeDatasetVersion(
  tx: Transaction,
  facts: DatasetVersionFacts,
  draft: Pick<DatasetDraft, 'classes' | 'images'>,
): Promise<DatasetVersion> {
  const countOf = (split: SplitName) => draft.images.filter((image) => image.split === split).length;
  const [version] = await mappingConstraints(() =>
    tx
      .insert(datasetVersionTable)
      .values({
        ...facts,
        contentSha256: digestOf(draft),
        imageCount: draft.images.length,
        trainCount: countOf('TRAIN'),
        validationCount: countOf('VALIDATION'),
        testCount: countOf('TEST'),
      })
      .returning(),
  );
  const datasetVersionId = version!.id;
  await tx.insert(datasetVersionLabelTable).values(
    draft.classes.map(({ label, ...counts }, classIndex) => ({
      datasetVersionId,
      classIndex,
      labelId: label.id,
      name: label.name,
      color: label.color,
      ...counts,
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
      .values(images.map(({ sha256, split }) => ({ projectId: facts.projectId, sha256, split })))
      .onConflictDoUpdate({
        target: [splitAssignmentTable.projectId, splitAssignmentTable.sha256],
        set: { split: sql`excluded.split` },
        setWhere: sql`${splitAssignmentTable.split} <> excluded.split`,
      });
    await refreshStanding(
      tx,
      facts.projectId,
      images.map(({ imageId }) => imageId),
    );
  }
  return version!;
}

/** Identity of what the draft holds, see {@link contentDigest}. */
export function digestOf({ classes, images }: Pick<DatasetDraft, 'classes' | 'images'>): Buffer {
  return contentDigest(
    images.map(({ sha256, classIndexes, split }) => ({
      sha256: sha256.toString('hex'),
      labelIds: classIndexes.map((index) => classes[index]!.label.id),
      split,
    })),
  );
}
