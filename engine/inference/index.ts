export { openClassifier, type Answer, type Answers, type Classifier } from './open-classifier.ts';
export { openDeliverable, type Deliverable } from './open-deliverable.ts';
export { OnnxFormatError } from '../onnx/onnx-format-error.ts';
export { PictureError, type PictureErrorCode } from '../pictures/picture-error.ts';
export type { PictureLimits } from '../pictures/picture-limits.ts';
export { pictureToModelPixels } from '../pictures/picture-to-model-pixels.ts';
export { pictureToPixels } from '../pictures/picture-to-pixels.ts';
export { releaseBytes } from '../pictures/release-bytes.ts';
