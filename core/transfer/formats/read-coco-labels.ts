import { readEntry, type Entry } from './entry.ts';
import {
  isObject,
  makeLabel,
  readConfidence,
  readLabelName,
  readSource,
  shown,
  uniqueLabels,
  type JsonObject,
} from './fields.ts';
import {
  transferProblem,
  type ByteSource,
  type TransferLabel,
  type TransferRecord,
  type TransferSplit,
} from './item.ts';
import { readJsonDocument } from './json-document.ts';

export interface ReadCocoLabelsOptions {
  /** Read boxes and masks too, all categories of an image as its labels. Left out = such a document is refused. */
  readonly detection?: boolean | undefined;
  /** The part of all pictures: a document is one subset and does not say which, but its name does (`splitOfDocument`). */
  readonly split?: TransferSplit | undefined;
}

/** COCO as Datumaro's `coco_labels` uses it: annotations of an image and a category, without boxes. Loaded as a whole. */
export async function* readCocoLabels(
  source: ByteSource,
  options: ReadCocoLabelsOptions = {},
): AsyncGenerator<TransferRecord, void> {
  const document = await readJsonDocument(source);
  if (document.problem) {
    yield { problem: document.problem };
    return;
  }
  const { value } = document;
  const { images, categories = [], annotations = [] } = isObject(value) ? value : {};
  if (!Array.isArray(images) || !Array.isArray(categories) || !Array.isArray(annotations)) {
    yield {
      problem: transferProblem('INVALID_DOCUMENT', 'Not COCO: images, categories and annotations must be lists.'),
    };
    return;
  }
  if (!options.detection && annotations.some(hasShape)) {
    const message = 'The annotations are boxes or masks. Ask for it to read all categories of an image as its labels.';
    yield { problem: transferProblem('DETECTION_NOT_ASKED', message) };
    return;
  }
  const ofImage = Map.groupBy(annotations as unknown[], (annotation) =>
    isObject(annotation) ? annotation.image_id : undefined,
  );
  const names = new Map<unknown, unknown>();
  for (const category of categories as unknown[]) if (isObject(category)) names.set(category.id, category.name);
  const seen = new Set<unknown>();
  for (const [index, image] of (images as unknown[]).entries())
    yield* readEntry({ path: `images[${index}]` }, (entry) => {
      if (!isObject(image) || (typeof image.id !== 'number' && typeof image.id !== 'string'))
        return entry.spoil('INVALID_ENTRY', 'An image is no object with an id.');
      if (seen.has(image.id)) entry.spoil('INVALID_ENTRY', `Another image has the id ${shown(image.id)} too.`);
      seen.add(image.id);
      const labels = (ofImage.get(image.id) ?? []).map((annotation) =>
        readAnnotation(annotation as JsonObject, names, entry),
      );
      return {
        source: readSource(entry, image.file_name, 'file_name'),
        labels: uniqueLabels(labels),
        split: options.split ?? null,
      };
    });
  for (const [id, { length }] of ofImage)
    if (!seen.has(id))
      yield {
        problem: transferProblem('INVALID_ENTRY', `${length} annotations of an image that is not there.`, {
          path: `image_id ${id == null ? 'missing' : shown(id)}`,
        }),
      };
}

function hasShape(annotation: unknown): boolean {
  if (!isObject(annotation)) return false;
  return ['bbox', 'segmentation', 'keypoints'].some((field) => {
    const shape = annotation[field];
    return shape != null && !(Array.isArray(shape) && shape.length === 0);
  });
}

function readAnnotation(annotation: JsonObject, names: ReadonlyMap<unknown, unknown>, entry: Entry): TransferLabel {
  const category = annotation.category_id;
  if (!names.has(category))
    return entry.spoil(
      'INVALID_LABEL',
      `Category ${category == null ? 'missing' : shown(category)} is not in the list.`,
    );
  return makeLabel(readLabelName(entry, names.get(category), 'The name of a category'), {
    confidence: readConfidence(entry, annotation.score, 'score'),
  });
}
