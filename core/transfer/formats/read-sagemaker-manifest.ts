import type { Entry } from './entry.ts';
import {
  isObject,
  makeLabel,
  readAnnotator,
  readConfidence,
  readInstant,
  readLabelName,
  readSource,
  shown,
  uniqueLabels,
  type JsonObject,
} from './fields.ts';
import type { ByteSource, TransferItem, TransferLabel, TransferRecord, TransferSplit } from './item.ts';
import { readJsonLines } from './json-lines.ts';

export interface ReadSageMakerManifestOptions {
  /** Names of the label attributes to read, when a manifest carries the results of several jobs. Left out = all. */
  readonly attributes?: readonly string[] | undefined;
  /** The part of all pictures: a manifest is the training or the testing set as a whole and does not say which (`splitOfDocument`). */
  readonly split?: TransferSplit | undefined;
}

const metadataSuffix = '-metadata';

/**
 * SageMaker Ground Truth and Rekognition Custom Labels manifest: each attribute `X` with its `X-metadata` is a label. `human-annotated: yes`
 * becomes `human`; otherwise the job's name is the annotator. Also the multi-label form of Ground Truth, with its `class-map`.
 */
export function readSageMakerManifest(
  source: ByteSource,
  options: ReadSageMakerManifestOptions = {},
): AsyncGenerator<TransferRecord, void> {
  return readJsonLines(source, (object, entry) => readObject(object, options, entry));
}

function readObject(object: JsonObject, options: ReadSageMakerManifestOptions, entry: Entry): TransferItem {
  const source = readSource(entry, object['source-ref'], 'source-ref');
  const labels = Object.entries(object)
    .filter(([name]) => options.attributes?.includes(name) ?? true)
    .flatMap(([name, value]) => readAttribute(name, value, object, entry));
  return { source, labels: uniqueLabels(labels), split: options.split ?? null };
}

function readAttribute(name: string, value: unknown, object: JsonObject, entry: Entry): TransferLabel[] {
  const metadata = object[name + metadataSuffix];
  if (name.endsWith(metadataSuffix)) {
    const owner = name.slice(0, -metadataSuffix.length);
    if (!Object.hasOwn(object, owner))
      entry.note('UNSUPPORTED_ANNOTATION', `${shown(name)} has no attribute; left out.`);
    return [];
  }
  if (metadata === undefined) {
    if (typeof value === 'number')
      entry.note('UNSUPPORTED_ANNOTATION', `Attribute ${shown(name)} has no metadata to tell its label; left out.`);
    return [];
  }
  if (!isObject(metadata)) return entry.spoil('INVALID_ENTRY', `The metadata of ${shown(name)} is no object.`);
  const details = {
    annotatedBy: readAnnotatedBy(metadata, entry),
    createdAt: readInstant(entry, metadata['creation-date'], 'creation-date'),
  };
  if (metadata.type === 'groundtruth/image-classification') {
    const confidence = readConfidence(entry, metadata.confidence, 'confidence');
    return [makeLabel(readLabelName(entry, metadata['class-name'], 'class-name'), { ...details, confidence })];
  }
  if (metadata.type === 'groundtruth/image-classification-multilabel')
    return readSeveral(value, metadata, details, entry);
  entry.note('UNSUPPORTED_ANNOTATION', `Attribute ${shown(name)} is of another task; left out.`);
  return [];
}

function readAnnotatedBy(metadata: JsonObject, entry: Entry): string | undefined {
  const human = metadata['human-annotated'];
  if (human === 'yes') return 'human';
  if (human === 'no') return readAnnotator(entry, metadata['job-name'], 'job-name') ?? 'machine';
  entry.note('INVALID_DETAIL', 'human-annotated is neither yes nor no; left out.');
  return undefined;
}

/** `"attribute":[0,1]` with `class-map: {"0": "person", "1": "robot"}` and, if given, `confidence-map` alike. */
function readSeveral(
  value: unknown,
  metadata: JsonObject,
  details: { annotatedBy: string | undefined; createdAt: Date | undefined },
  entry: Entry,
): TransferLabel[] {
  const names = metadata['class-map'];
  const confidences = metadata['confidence-map'];
  if (!Array.isArray(value) || !isObject(names))
    return entry.spoil('INVALID_ENTRY', 'A multi-label attribute is no list, or has no class-map.');
  return value.map((index: unknown) => {
    const key = String(index);
    const confidence = isObject(confidences) ? readConfidence(entry, confidences[key], 'confidence-map') : undefined;
    return makeLabel(readLabelName(entry, names[key], 'A name in class-map'), { ...details, confidence });
  });
}
