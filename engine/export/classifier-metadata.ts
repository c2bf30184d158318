import type { BaseModelCard } from '../base-model.ts';
import { getMetadata, setMetadata } from '../onnx/metadata.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { readModel } from '../onnx/read-model.ts';
import { writeModel } from '../onnx/write-model.ts';
import type { Decoding, ResizeMode } from '../pictures/picture-to-pixels.ts';

export interface ClassifierClass {
  readonly id: string;
  readonly name: string;
}

/** What a reader of the file must know besides the graph. */
export interface ClassifierMetadata {
  readonly classes: readonly ClassifierClass[];
  readonly inputSize: number;
  readonly resize: ResizeMode;
  /** `halved` for files of before this was recorded. */
  readonly decoding: Decoding;
  /** [classes], from which on a label is said to be there; undefined for one class a picture. */
  readonly thresholds: Float32Array | undefined;
  /** Above which `unfamiliarity` a picture counts as unlike all that were trained on; undefined where the file cannot tell. */
  readonly unfamiliarityThreshold: number | undefined;
}

/** Writes the standard `Image.*` keys of onnx/docs/MetadataProps.md truthfully, and our own. */
export function writeClassifierMetadata(
  model: ModelProto,
  card: BaseModelCard,
  classes: readonly ClassifierClass[],
  thresholds?: Float32Array,
): void {
  const entries: Record<string, string> = {
    task: 'classify',
    names: JSON.stringify(classes.map(({ name }) => name)),
    class_ids: JSON.stringify(classes.map(({ id }) => id)),
    'Image.BitmapPixelFormat': 'Rgb8',
    'Image.ColorSpaceGamma': 'SRGB',
    'Image.NominalPixelRange': 'NominalRange_0_255',
    input_size: String(card.input.size),
    resize: card.input.resize,
    decoding: 'whole' satisfies Decoding,
    base_model: `${card.name} ${card.version}`,
    base_model_sha256: card.sha256,
    input_mean: JSON.stringify(card.input.mean),
    input_std: JSON.stringify(card.input.std),
    multiply_adds: String(card.multiplyAdds),
    producer: 'Exemplar',
    ...(thresholds && { thresholds: JSON.stringify([...thresholds]) }),
  };
  for (const [key, value] of Object.entries(entries)) setMetadata(model, key, value);
}

const unfamiliarityThresholdKey = 'unfamiliarity_threshold';

/** The file with the threshold in its metadata: it is known only once the file has answered. */
export function withUnfamiliarityThreshold(file: Uint8Array, threshold: number): Uint8Array {
  const model = readModel(file);
  setMetadata(model, unfamiliarityThresholdKey, String(threshold));
  return writeModel(model);
}

/** @throws {OnnxFormatError} when the file is not one that {@link writeClassifierMetadata} described. */
export function readClassifierMetadata(model: ModelProto): ClassifierMetadata {
  const names = readStrings(model, 'names');
  const ids = readStrings(model, 'class_ids');
  const resize = getMetadata(model, 'resize');
  const inputSize = Number(getMetadata(model, 'input_size'));
  const thresholds = readStrings(model, 'thresholds').map(Number);
  const unfamiliarityThreshold = getMetadata(model, unfamiliarityThresholdKey);
  const hasThresholds = getMetadata(model, 'thresholds') !== undefined;
  if (
    (unfamiliarityThreshold !== undefined && !(Number(unfamiliarityThreshold) >= 0)) ||
    (hasThresholds && (thresholds.length !== ids.length || thresholds.some(Number.isNaN))) ||
    names.length !== ids.length ||
    names.length === 0 ||
    !(inputSize > 0) ||
    (resize !== 'cover' && resize !== 'fill')
  )
    throw incomplete();
  return {
    classes: ids.map((id, index) => ({ id, name: names[index]! })),
    inputSize,
    resize,
    decoding: getMetadata(model, 'decoding') === 'whole' ? 'whole' : 'halved',
    thresholds: hasThresholds ? Float32Array.from(thresholds) : undefined,
    unfamiliarityThreshold: unfamiliarityThreshold === undefined ? undefined : Number(unfamiliarityThreshold),
  };
}

const incomplete = () => new OnnxFormatError('The model is not an Exemplar classifier: its metadata is incomplete.');

function readStrings(model: ModelProto, key: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(getMetadata(model, key) ?? '[]');
    return Array.isArray(value) ? value.map(String) : [];
  } catch {
    return [];
  }
}

/** What a file says of how it was made, besides its classes. */
export interface Preprocessing {
  /** Per channel, in 0..1: x = (pixel/255 - mean) / std. */
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
  /** Of one picture, frozen and trained part together. */
  readonly multiplyAdds: number;
  readonly baseModel: string;
}

/** @throws {OnnxFormatError} as {@link readClassifierMetadata}. */
export function readPreprocessing(model: ModelProto): Preprocessing {
  const triple = (key: string) => {
    const values = readStrings(model, key).map(Number);
    if (values.length !== 3 || values.some(Number.isNaN)) throw incomplete();
    return values as [number, number, number];
  };
  return {
    mean: triple('input_mean'),
    std: triple('input_std'),
    multiplyAdds: Number(getMetadata(model, 'multiply_adds') ?? 0),
    baseModel: getMetadata(model, 'base_model') ?? 'unknown',
  };
}
