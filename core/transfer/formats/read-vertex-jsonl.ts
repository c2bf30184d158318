import type { Entry } from './entry.ts';
import {
  isObject,
  makeLabel,
  readLabelName,
  readSource,
  readSplit,
  shown,
  uniqueLabels,
  type JsonObject,
} from './fields.ts';
import type { ByteSource, TransferItem, TransferRecord } from './item.ts';
import { readJsonLines } from './json-lines.ts';

/** Vertex AI JSON Lines: `classificationAnnotation` (one label) or `classificationAnnotations` (a list). */
export function readVertexJsonl(source: ByteSource): AsyncGenerator<TransferRecord, void> {
  return readJsonLines(source, readDataItem);
}

function readDataItem(dataItem: JsonObject, entry: Entry): TransferItem {
  const source = readSource(entry, dataItem.imageGcsUri, 'imageGcsUri');
  const several = dataItem.classificationAnnotations ?? [];
  if (!Array.isArray(several))
    return entry.spoil('INVALID_ENTRY', `classificationAnnotations is ${shown(several)}, not a list.`);
  if (dataItem.boundingBoxAnnotations !== undefined)
    entry.note('UNSUPPORTED_ANNOTATION', 'Bounding boxes are left out.');
  const annotations = [dataItem.classificationAnnotation ?? [], several].flat() as unknown[];
  const resource = dataItem.dataItemResourceLabels;
  const field = 'aiplatform.googleapis.com/ml_use';
  return {
    source,
    labels: uniqueLabels(annotations.map((annotation) => makeLabel(readDisplayName(annotation, entry)))),
    split: readSplit(entry, isObject(resource) ? resource[field] : undefined, field),
  };
}

function readDisplayName(annotation: unknown, entry: Entry): string {
  if (!isObject(annotation)) return entry.spoil('INVALID_ENTRY', 'A classification annotation is no object.');
  return readLabelName(entry, annotation.displayName, 'displayName');
}
