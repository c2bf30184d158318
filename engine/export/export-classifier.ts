import type { BaseModel } from '../base-model.ts';
import type { LinearHead } from '../head/linear-head.ts';
import { writeModel } from '../onnx/write-model.ts';
import { writeClassifierMetadata, type ClassifierClass } from './classifier-metadata.ts';
import { composeClassifier } from './compose-classifier.ts';

/**
 * One ONNX file from pixels to probabilities, with everything a reader must know in its metadata.
 * @param head on raw features.
 */
export function exportClassifier(
  baseModel: BaseModel,
  classes: readonly ClassifierClass[],
  head: LinearHead,
): Uint8Array {
  const model = composeClassifier(baseModel, head.weights, head.bias);
  writeClassifierMetadata(model, baseModel.card, classes);
  return writeModel(model);
}
