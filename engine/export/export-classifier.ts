import type { BaseModel } from '../base-model.ts';
import { writeModel } from '../onnx/write-model.ts';
import { writeClassifierMetadata, type ClassifierClass } from './classifier-metadata.ts';
import { composeClassifier, type TrainedNetwork } from './compose-classifier.ts';

/** One ONNX file from pixels to probabilities, with everything a reader must know in its metadata. */
export function exportClassifier(
  baseModel: BaseModel,
  classes: readonly ClassifierClass[],
  trained: TrainedNetwork,
): Uint8Array {
  const model = composeClassifier(baseModel, trained);
  writeClassifierMetadata(model, baseModel.card, classes, trained.thresholds);
  return writeModel(model);
}
