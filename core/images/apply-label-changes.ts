import { and, not, sql } from 'drizzle-orm';
import { announceCounts } from '../labels/announce-counts.ts';
import { changeLabelCounts, isLiveLabel } from '../labels/label-row.ts';
import { anyOf } from '../platform/any-of.ts';
import type { Transaction } from '../platform/database.ts';
import { isUuid } from '../platform/page.ts';
import { perDatabase } from '../platform/per-database.ts';
import { changeProjectCounts } from '../projects/project-row.ts';
import { trashAnnotations } from './carried-labels.ts';
import type { Image } from './image-row.ts';
import { annotationTable, imageTable } from './table.ts';
import { writeAnnotations, type AnnotationChange, type Statement } from './write-annotations.ts';

/** What becomes of the labels of one image. */
export interface LabelChange {
  /** Carried before and from now on. */
  readonly kept: ReadonlySet<string>;
  /** Said now, be they new or not. */
  readonly said: ReadonlyMap<string, Statement>;
}

/** The labels of each of these images. Those in the trash do not count, though some images may still be waiting to follow them. */
export async function readCarried(tx: Transaction, imageIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await selectCarried(tx).execute({ imageIds: imageIds.filter(isUuid) });
  const carried = new Map<string, Set<string>>(imageIds.map((id) => [id, new Set()]));
  for (const { imageId, labelId } of rows) carried.get(imageId)!.add(labelId);
  return carried;
}

const ofImages = sql`${annotationTable.imageId} = any(${sql.placeholder('imageIds')}::uuid[])`;

const selectCarried = perDatabase((tx: Transaction) =>
  tx
    .select({ imageId: annotationTable.imageId, labelId: annotationTable.labelId })
    .from(annotationTable)
    .where(and(ofImages, isLiveLabel(annotationTable.labelId)))
    .prepare('carried_labels'),
);

/** Whether some of these images carry labels in the trash. */
const selectLate = perDatabase((tx: Transaction) =>
  tx
    .select({ labelId: annotationTable.labelId })
    .from(annotationTable)
    .where(and(ofImages, not(isLiveLabel(annotationTable.labelId))))
    .limit(1)
    .prepare('late_labels'),
);

const updateImages = perDatabase((tx: Transaction) =>
  tx
    .update(imageTable)
    .set({
      annotationRevision: sql`${imageTable.annotationRevision} + 1`,
      isLabelled: sql`${imageTable.id} = any(${sql.placeholder('labelled')}::uuid[])`,
    })
    .where(sql`${imageTable.id} = any(${sql.placeholder('imageIds')}::uuid[])`)
    .prepare('update_labelled_images'),
);

/**
 * Changes the labels of images as a set, with all counts, and tells them; the caller holds the project's lock.
 * @param carried of {@link readCarried}. @param images as they were; only `isLabelled` is looked at.
 */
export async function applyLabelChanges(
  tx: Transaction,
  projectId: string,
  {
    changes,
    carried,
    images,
  }: {
    readonly changes: ReadonlyMap<string, LabelChange>;
    readonly carried: ReadonlyMap<string, ReadonlySet<string>>;
    readonly images: ReadonlyMap<string, Pick<Image, 'isLabelled'>>;
  },
): Promise<void> {
  const imageIds = [...changes.keys()];
  const deltas = new Map<string, number>();
  const count = (labelId: string, delta: number) => deltas.set(labelId, (deltas.get(labelId) ?? 0) + delta);
  const written: AnnotationChange[] = [];
  const labelled: string[] = [];
  let labelledImages = 0;
  for (const [imageId, { kept, said }] of changes) {
    const carries = carried.get(imageId)!;
    const gone = carries.difference(kept);
    for (const labelId of gone.difference(said)) count(labelId, -1);
    for (const labelId of new Set(said.keys()).difference(carries)) count(labelId, 1);
    written.push(...replacements(imageId, carries, gone, said));
    const isLabelled = kept.size + said.size > 0;
    if (isLabelled) labelled.push(imageId);
    labelledImages += Number(isLabelled) - Number(images.get(imageId)!.isLabelled);
  }
  // Sent one after the other without waiting for the answers.
  const [late] = await Promise.all([
    selectLate(tx).execute({ imageIds }),
    writeAnnotations(tx, projectId, written),
    updateImages(tx).execute({ imageIds, labelled }),
  ]);
  // Labels in the trash that are still on their way off these images leave them now: restored, they must find out what was said since.
  if (late.length > 0) {
    const taken = await trashAnnotations(
      tx,
      and(anyOf(annotationTable.imageId, imageIds), not(isLiveLabel(annotationTable.labelId)))!,
    );
    for (const [labelId, number] of taken) count(labelId, -number);
  }
  await Promise.all([
    changeLabelCounts(tx, deltas),
    changeProjectCounts(tx, projectId, { labelledImages }),
    announceCounts(tx, projectId, deltas.keys()),
  ]);
}

/** As few changes of rows as it takes: what is said anew changes its row, what is new takes the row of something that goes. */
function replacements(
  imageId: string,
  carries: ReadonlySet<string>,
  gone: ReadonlySet<string>,
  said: ReadonlyMap<string, Statement>,
): AnnotationChange[] {
  const free = [...gone].filter((labelId) => !said.has(labelId));
  const changes: AnnotationChange[] = [...said].map(([labelId, statement]) => ({
    imageId,
    before: carries.has(labelId) ? labelId : free.pop(),
    after: { labelId, statement },
  }));
  return [...changes, ...free.map((before) => ({ imageId, before }))];
}
