/**
 * How labelled pictures become a classifier, and how that classifier answers. Knows no project, database, queue or network:
 * pictures come in through {@link PictureSource}, facts go out as {@link EngineEvent}.
 */
export * from './pictures/index.ts';
export * from './metrics/index.ts';
export * from './inference/index.ts';
export * from './cache/index.ts';
export * from './augmentation/index.ts';
export { chooseLowering, type ChosenLowering } from './autodiff/index.ts';
export { devices, nameOfDevice, type Device } from './onnx/device.ts';
export { DeviceUnavailableError } from './onnx/device-unavailable-error.ts';
export { tryDevice, type DeviceFault, type DeviceTrial } from './step/try-device.ts';
export { measureSpeed } from './speed/measure-speed.ts';
export { onnxRuntimeVersion } from './onnx/onnx-runtime-version.ts';
export { carries, isMultiLabel, type Labels } from './labels/labels.ts';
export { adoptFile, AdoptionRefusedError, type Adopted } from './base-models/adopt/adopt-file.ts';
export { adoptBaseModel, type AdoptedBaseModel } from './base-models/adopt/adopt-base-model.ts';
export type { AdoptionOptions } from './base-models/adopt/adoption-options.ts';
export { describeBaseModel, type BaseModelDescription } from './base-models/describe-base-model.ts';
export { shippedBaseModels, shippedDirectory } from './base-models/shipped.ts';
export { loadBaseModel, BaseModelError, type BaseModel, type BaseModelCard } from './base-model.ts';
export { OnnxFormatError } from './onnx/onnx-format-error.ts';
export { preferences, trainingPlan, type Preference, type TrainingPlan } from './plan/training-plan.ts';
export type { PictureSource } from './features/picture-source.ts';
export { openPictureFolder, type PictureFolder } from './folder/open-picture-folder.ts';
export { timeLimit, type StopSignals } from './stopping/stop-signals.ts';
export { UnreadablePicturesError } from './features/unreadable-pictures-error.ts';
export {
  openActivationCache,
  type ActivationCache,
  type ActivationKey,
  type ActivationRow,
} from './features/activation-cache.ts';
export {
  crossValidatedEstimate,
  needsCrossValidation,
  type CrossValidatedEstimate,
} from './head/cross-validated-estimate.ts';
export { fileCheckpointStore, type CheckpointStore } from './checkpoint/checkpoint-store.ts';
export { isDiskFull } from './disk-full.ts';
export { TrainingDivergedError } from './fine-tune/diverged-error.ts';
export type { EngineEvent, EnginePhase, TrainingStage } from './engine-event.ts';
export { unfamiliarityThreshold, knownShare } from './familiarity/unfamiliarity-threshold.ts';
export { recipeVersion } from './training-fingerprint.ts';
export { composeDeliverable } from './export/compose-deliverable.ts';
export { quantiseWeights } from './export/quantise-weights.ts';
export { proveDeliverable, type DeliverableProof, type GoldenExample } from './export/prove-deliverable.ts';
export { ParityError } from './export/parity-error.ts';
export { trainClassifier, type TrainOptions, type TrainingResult, type TrainingStopReason } from './train.ts';
