import type { Entry } from './entry.ts';
import {
  isObject,
  makeLabel,
  readAnnotator,
  readConfidence,
  readFlag,
  readInstant,
  readLabelName,
  readSource,
  readSplit,
  shown,
  uniqueLabels,
  type JsonObject,
} from './fields.ts';
import type { ByteSource, TransferItem, TransferLabel, TransferRecord } from './item.ts';
import { readJsonLines } from './json-lines.ts';

/**
 * ModelArts manifest. Parts in any case, `EVAL` is validation, `INFERENCE` none; fields also with underscores; labels that the
 * Python SDK repeats are taken once; times without a zone are UTC. Sources stay as written (`s3://`, `obs://`). Annotations of other tasks
 * are left out and told.
 */
export function readModelArtsManifest(source: ByteSource): AsyncGenerator<TransferRecord, void> {
  return readJsonLines(source, readSample);
}

function readSample(sample: JsonObject, entry: Entry): TransferItem {
  const source = readSource(entry, sample.source, 'source');
  const kind = field(sample, 'sample-type') ?? 0;
  if ((kind !== 0 && kind !== '0') || source.startsWith('content://'))
    entry.spoil('INVALID_ENTRY', 'The sample is no picture.');
  const annotations = sample.annotation ?? [];
  if (!Array.isArray(annotations))
    return entry.spoil('INVALID_ENTRY', `annotation is ${shown(annotations)}, not a list.`);
  const read = annotations.map((annotation: unknown) => readAnnotation(annotation, entry));
  const flags = [readFlag(entry, sample.hard, 'hard'), ...read.map((annotation) => annotation?.hard)];
  const hard = flags.includes(true) ? true : flags.find((flag) => flag !== undefined);
  return {
    source,
    labels: uniqueLabels(read.flatMap((annotation) => annotation?.label ?? [])),
    split: readSplit(entry, sample.usage, 'usage'),
    ...(hard !== undefined && { hard }),
  };
}

function readAnnotation(value: unknown, entry: Entry): { label: TransferLabel; hard: boolean | undefined } | undefined {
  if (!isObject(value)) return entry.spoil('INVALID_ENTRY', 'An annotation is no object.');
  if (typeof value.type !== 'string') return entry.spoil('INVALID_ENTRY', 'An annotation has no type.');
  // `modelarts/image_classification` and whatever stands before the slash elsewhere.
  if (value.type.slice(value.type.lastIndexOf('/') + 1) !== 'image_classification') {
    entry.note('UNSUPPORTED_ANNOTATION', `An annotation of type ${shown(value.type)} is left out.`);
    return undefined;
  }
  const name = readLabelName(entry, value.name, 'The name of an annotation');
  return {
    label: makeLabel(name, {
      annotatedBy: readAnnotator(entry, field(value, 'annotated-by'), 'annotated-by'),
      confidence: readConfidence(entry, value.confidence, 'confidence'),
      createdAt: readInstant(entry, field(value, 'creation-time'), 'creation-time'),
    }),
    hard: readFlag(entry, value.hard ?? readProperty(value.property, entry)['@modelarts:hard'], 'hard'),
  };
}

/** Under its name, or with underscores as the SDK also takes it. */
const field = (object: JsonObject, name: string): unknown => object[name] ?? object[name.replaceAll('-', '_')];

/** An object, or in real files an object or a list as JSON text. */
function readProperty(value: unknown, entry: Entry): JsonObject {
  let property = value;
  try {
    if (typeof property === 'string' && property !== '') property = JSON.parse(property);
  } catch {
    entry.note('INVALID_DETAIL', `property is ${shown(property)}, which is not JSON; left out.`);
  }
  return isObject(property) ? property : {};
}
