export { openClassifier, type Classifier } from './open-classifier.ts';
export { OnnxFormatError } from '../onnx/onnx-format-error.ts';
export { PictureError, type PictureErrorCode } from '../pictures/picture-error.ts';
export type { PictureLimits } from '../pictures/picture-limits.ts';
export { pictureToModelPixels } from '../pictures/picture-to-model-pixels.ts';
export { pictureToPixels } from '../pictures/picture-to-pixels.ts';
