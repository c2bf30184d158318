import { Tensor } from '../onnx/onnx-runtime.ts';
import { readClassifierMetadata, type ClassifierClass } from '../export/classifier-metadata.ts';
import { createSession } from '../onnx/create-session.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import { readModel } from '../onnx/read-model.ts';
import { pictureToPixels, type Decoding, type ResizeMode } from '../pictures/picture-to-pixels.ts';

/** A loaded model file. Holds native memory until closed. */
export interface Classifier {
  /** In the order of the probabilities. */
  readonly classes: readonly ClassifierClass[];
  /** Pixels of a side of the square input. */
  readonly inputSize: number;
  readonly resize: ResizeMode;
  readonly decoding: Decoding;
  /** [classes], from which on a label is said to be there; undefined for one class a picture. */
  readonly thresholds: Float32Array | undefined;
  /**
   * Blocks the thread while it computes: keep `count` to what takes well below a second.
   * @param pixels [count, inputSize, inputSize, 3] uint8, RGB.
   * @returns [count, classes]; without thresholds each row sums to 1.
   */
  classify(pixels: Uint8Array, count: number): Promise<Float32Array>;
  /** @returns [classes]. */
  classifyPicture(normalisedJpeg: Buffer): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens a file that {@link trainClassifier} made.
 * @param options.threads of one call. @default 1
 * @throws {OnnxFormatError} when it is no such file.
 */
export async function openClassifier(
  model: Uint8Array,
  options: { readonly threads?: number } = {},
): Promise<Classifier> {
  const { classes, inputSize, resize, decoding, thresholds } = readClassifierMetadata(readModel(model));
  const session = await createSession(model, 'frozen', options.threads).catch((cause: unknown) => {
    throw new OnnxFormatError('ONNX Runtime cannot load the model.', { cause });
  });
  const classify = async (pixels: Uint8Array, count: number): Promise<Float32Array> => {
    const outputs = await session.run({ pixels: new Tensor('uint8', pixels, [count, inputSize, inputSize, 3]) });
    return outputs['probabilities']!.data as Float32Array;
  };
  return {
    classes,
    inputSize,
    resize,
    decoding,
    thresholds,
    classify,
    classifyPicture: async (jpeg) => classify(await pictureToPixels(jpeg, { size: inputSize, resize, decoding }), 1),
    close: () => session.release(),
  };
}
