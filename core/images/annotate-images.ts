import { z } from 'zod';
import { requireProject } from '../access/project-access.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readLabels } from '../labels/label-row.ts';
import { NotFoundError, StaleAnnotationError, ValidationError, type UserError } from '../platform/errors.ts';
import { validate } from '../platform/validate.ts';
import { wakeProjectWatchers } from '../projects/project-events.ts';
import { lockProject, type Project } from '../projects/project-row.ts';
import { applyLabelChanges, readCarried } from './apply-label-changes.ts';
import { mostLabelsOf } from './carried-labels.ts';
import { readLiveImages, type Image } from './image-row.ts';

export const maximumAnnotations = 1000;
const maximumLabelsOfImage = mostLabelsOf('MULTI_LABEL');

const labelList = z.array(z.string()).max(maximumLabelsOfImage, `must hold at most ${maximumLabelsOfImage} labels`);
const annotationInput = z
  .object({
    imageId: z.string(),
    /** The one label from now on; null, or nothing at all, takes all labels away. */
    labelId: z.string().nullish(),
    /** Exactly these from now on. */
    labelIds: labelList.nullish(),
    /** These besides what the image carries already, ... */
    addLabelIds: labelList.nullish(),
    /** ... and not these any more. */
    removeLabelIds: labelList.nullish(),
    /** Revision of the annotation that the caller has seen; left out = whatever it is. */
    expectedRevision: z.number().int().min(0).nullish(),
  })
  .refine(
    ({ labelId, labelIds, addLabelIds, removeLabelIds }) =>
      [labelId, labelIds, addLabelIds ?? removeLabelIds].filter((each) => each != null).length <= 1,
    'must name one of labelId, labelIds, or addLabelIds and removeLabelIds',
  );
type AnnotationInput = z.infer<typeof annotationInput>;

const annotateInput = z.object({
  projectId: z.string(),
  annotations: z
    .array(annotationInput)
    .min(1, 'must hold at least one annotation')
    .max(maximumAnnotations, `must hold at most ${maximumAnnotations} annotations`)
    .refine((list) => new Set(list.map((item) => item.imageId)).size === list.length, 'must name each image once'),
});

export type AnnotationResult = { readonly image: Image } | { readonly imageId: string; readonly error: UserError };

/** What becomes of the labels of one image. */
interface Change {
  /** Carried before and from now on. */
  readonly kept: ReadonlySet<string>;
  /** Said by the viewer, be they new or not. */
  readonly said: ReadonlySet<string>;
}

/**
 * Labels up to 1,000 images in one transaction, with a result for each in the order asked: an unknown image or label, a stale revision or a
 * second label in a single-label project spoils its own item only.
 */
export async function annotateImages(
  ctx: ActionContext,
  input: z.input<typeof annotateInput>,
): Promise<AnnotationResult[]> {
  await requireProject(ctx, input.projectId, 'LABELLER');
  const { projectId, annotations } = validate(annotateInput, input);
  const results = await ctx.platform.db.transaction(async (tx) => {
    const asked = annotations.map((item) => item.imageId);
    // Sent one after the other without waiting for the answers: the project is locked before anything is read.
    const [project, labels, locked, carried] = await Promise.all([
      lockProject(tx, projectId),
      readLabels(tx, projectId, [...new Set(annotations.flatMap(labelsNamed))]),
      readLiveImages(tx, projectId, asked),
      readCarried(tx, asked),
    ]);
    const known = new Set(labels.map((label) => label.id));
    const images = new Map(locked.map((image) => [image.id, image]));

    const errors = new Map<string, UserError>();
    const changes = new Map<string, Change>();
    for (const item of annotations) {
      const change = changeOf(item, carried.get(item.imageId) ?? new Set());
      const error = refusalOf(item, change, { project, known, image: images.get(item.imageId) });
      if (error) errors.set(item.imageId, error);
      else changes.set(item.imageId, change);
    }
    const statement = { createdBy: ctx.viewer.userId };
    const stated = new Map(
      [...changes].map(([id, { kept, said }]) => [
        id,
        { kept, said: new Map([...said].map((label) => [label, statement])) },
      ]),
    );
    if (changes.size > 0) await applyLabelChanges(tx, projectId, { changes: stated, carried, images });
    return annotations.map(({ imageId }) => {
      const error = errors.get(imageId);
      return error ? { imageId, error } : { image: annotated(images.get(imageId)!, changes.get(imageId)!) };
    });
  });
  wakeProjectWatchers(ctx.platform, projectId);
  return results;
}

/** The image as it is after the change, which nobody else could make meanwhile. */
const annotated = (image: Image, { kept, said }: Change): Image => ({
  ...image,
  annotationRevision: image.annotationRevision + 1,
  isLabelled: kept.size + said.size > 0,
});

const labelsNamed = ({ labelId, labelIds, addLabelIds, removeLabelIds }: AnnotationInput): string[] => [
  ...(labelId == null ? [] : [labelId]),
  ...(labelIds ?? []),
  ...(addLabelIds ?? []),
  ...(removeLabelIds ?? []),
];

function changeOf(item: AnnotationInput, carried: ReadonlySet<string>): Change {
  const { labelId, labelIds, addLabelIds, removeLabelIds } = item;
  if (addLabelIds == null && removeLabelIds == null)
    return { kept: new Set(), said: new Set(labelId == null ? (labelIds ?? []) : [labelId]) };
  return { kept: carried.difference(new Set(removeLabelIds)), said: new Set(addLabelIds) };
}

function refusalOf(
  item: AnnotationInput,
  { kept, said }: Change,
  { project, known, image }: { project: Project; known: ReadonlySet<string>; image: Image | undefined },
): UserError | undefined {
  const { imageId, expectedRevision } = item;
  if (!image) return new NotFoundError('Image', imageId);
  const unknown = labelsNamed(item).find((label) => !known.has(label));
  if (unknown !== undefined) return new NotFoundError('Label', unknown);
  if (expectedRevision != null && expectedRevision !== image.annotationRevision)
    return new StaleAnnotationError(imageId, image.annotationRevision, expectedRevision);
  const most = mostLabelsOf(project.type);
  const count = kept.union(said).size;
  if (count <= most) return undefined;
  return new ValidationError([
    { path: ['labelIds'], message: `an image of this project carries at most ${most} label(s), not ${count}` },
  ]);
}
