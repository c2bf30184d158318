import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { readLabelledImages } from '../images/image-row.ts';
import { readAllLabels, type Label } from '../labels/label-row.ts';
import type { Queryable } from '../platform/database.ts';
import { assignSplits } from './assign-splits.ts';
import type { SplitName } from './split-plan.ts';
import { splitAssignmentTable } from './table.ts';

export interface DraftClass {
  readonly label: Label;
  readonly trainCount: number;
  readonly validationCount: number;
}

export interface DraftImage {
  readonly imageId: string;
  readonly sha256: Buffer;
  /** Of the labels it carries, ascending. */
  readonly classIndexes: readonly number[];
  readonly split: SplitName;
}

/** What a dataset version published at this moment would be. */
export interface DatasetDraft {
  /** Labels that stand on at least one image, in class order. */
  readonly classes: readonly DraftClass[];
  readonly images: readonly DraftImage[];
  readonly movedCount: number;
}

/** Reads the labelled images and splits them. Labels without images are no class; unlabelled images are left out. */
export async function draftDataset(
  db: Queryable,
  projectId: string,
  trainRatio: number,
  seed: number,
): Promise<DatasetDraft> {
  const labels = await readAllLabels(db, projectId);
  const labelled = await readLabelledImages(db, projectId);
  const assignments = await db.select().from(splitAssignmentTable).where(eq(splitAssignmentTable.projectId, projectId));
  const assigned = new Map(assignments.map((row) => [row.sha256.toString('hex'), row.split]));
  const { splits, movedCount } = assignSplits(
    labelled.map(({ sha256, labelIds }) => ({
      sha256: sha256.toString('hex'),
      labelIds,
      assigned: assigned.get(sha256.toString('hex')),
    })),
    trainRatio,
    seed,
  );
  const used = new Set(labelled.flatMap((image) => image.labelIds));
  const classes = labels
    .filter((label) => used.has(label.id))
    .map((label) => ({ label, trainCount: 0, validationCount: 0 }));
  const classIndexOf = new Map(classes.map(({ label }, index) => [label.id, index]));
  const images = labelled.map(({ imageId, sha256, labelIds }, index) => {
    const classIndexes = labelIds.map((labelId) => classIndexOf.get(labelId)!).sort((a, b) => a - b);
    const split = splits[index]!;
    for (const classIndex of classIndexes)
      if (split === 'TRAIN') classes[classIndex]!.trainCount++;
      else classes[classIndex]!.validationCount++;
    return { imageId, sha256, classIndexes, split };
  });
  return { classes, images, movedCount };
}

/**
 * Identity of the content: SHA-256 over one line for each image, `digest TAB labelIds TAB split`, sorted; several labels in class order
 * with commas between them. Two versions with equal
 * hashes hold the same pictures with the same labels on the same sides.
 */
export function contentSha256(draft: DatasetDraft): Buffer {
  const lines = draft.images
    .map(
      ({ sha256, classIndexes, split }) =>
        `${sha256.toString('hex')}\t${classIndexes.map((index) => draft.classes[index]!.label.id).join()}\t${split}\n`,
    )
    .sort();
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return hash.digest();
}
