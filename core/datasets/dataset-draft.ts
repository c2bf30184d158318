import { eq } from 'drizzle-orm';
import { hashImages } from '../images/hash-images.ts';
import { readLabelledImages } from '../images/image-row.ts';
import { readAllLabels, type Label } from '../labels/label-row.ts';
import type { Queryable } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { assignSplitSteps } from './assign-splits.ts';
import type { SplitName, SplitOptions } from './split-plan.ts';
import { inTurns } from './steps.ts';
import { splitAssignmentTable } from './table.ts';

export interface DraftClass {
  readonly label: Label;
  readonly trainCount: number;
  readonly validationCount: number;
  readonly testCount: number;
}

export interface DraftImage {
  readonly imageId: string;
  readonly sha256: Buffer;
  /** Of the labels it carries, ascending. */
  readonly classIndexes: readonly number[];
  readonly split: SplitName;
  /** Who labelled it last, where that is known. */
  readonly annotatedBy: string | null;
}

/** What a dataset version published at this moment would be. */
export interface DatasetDraft {
  /** Labels that stand on at least one image, in class order. */
  readonly classes: readonly DraftClass[];
  readonly images: readonly DraftImage[];
  /** Images that change sides for the sake of a class, and those that do to be with what belongs to them. */
  readonly movedCount: number;
  readonly joinedCount: number;
  /** Images that belong together and were put on different sides by people, by id. */
  readonly contradictions: readonly string[];
  /** Images that look alike and are nevertheless dealt one by one. */
  readonly lookAlikeCount: number;
  /** Images of which is not known yet what they look like. */
  readonly unhashedCount: number;
}

/**
 * What belongs before a draft but takes too long to be done while the project is locked: some of the images of before there were perceptual
 * hashes get theirs.
 */
export async function prepareDraft(platform: Platform, projectId: string): Promise<void> {
  await hashImages(platform, projectId);
}

/** Reads the labelled images and splits them. Labels without images are no class; unlabelled images are left out. */
export async function draftDataset(db: Queryable, projectId: string, options: SplitOptions): Promise<DatasetDraft> {
  const labels = await readAllLabels(db, projectId);
  const labelled = await readLabelledImages(
    db,
    projectId,
    labels.map(({ id }) => id),
  );
  const assignments = await db.select().from(splitAssignmentTable).where(eq(splitAssignmentTable.projectId, projectId));
  const assigned = new Map(assignments.map((row) => [row.sha256.toString('hex'), row.split]));
  const candidates = labelled.map(({ sha256, labelIds, splitOverride, group, perceptualHash }) => {
    const digest = sha256.toString('hex');
    return {
      sha256: digest,
      labelIds,
      assigned: assigned.get(digest),
      override: splitOverride ?? undefined,
      group: group ?? undefined,
      perceptualHash: perceptualHash ?? undefined,
    };
  });
  // Of 100,000 images it takes about a second.
  const plan = await inTurns(assignSplitSteps(candidates, options));
  const used = new Set(labelled.flatMap((image) => image.labelIds));
  const classes = labels
    .filter((label) => used.has(label.id))
    .map((label) => ({ label, trainCount: 0, validationCount: 0, testCount: 0 }));
  const classIndexOf = new Map(classes.map(({ label }, index) => [label.id, index]));
  const images = labelled.map(({ imageId, sha256, labelIds, annotatedBy }, index) => {
    const classIndexes = labelIds.map((labelId) => classIndexOf.get(labelId)!).sort((a, b) => a - b);
    const split = plan.splits[index]!;
    for (const classIndex of classIndexes) classes[classIndex]![countOf[split]]++;
    return { imageId, sha256, classIndexes, split, annotatedBy };
  });
  return {
    classes,
    images,
    movedCount: plan.movedCount,
    joinedCount: plan.joinedCount,
    contradictions: plan.contradictions.flat().map((index) => labelled[index]!.imageId),
    lookAlikeCount: plan.lookAlikeCount,
    unhashedCount: labelled.filter(({ isHashed }) => !isHashed).length,
  };
}

const countOf = { TRAIN: 'trainCount', VALIDATION: 'validationCount', TEST: 'testCount' } as const;
