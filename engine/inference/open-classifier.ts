import { Tensor } from '../onnx/onnx-runtime.ts';
import { readClassifierMetadata, type ClassifierClass } from '../export/classifier-metadata.ts';
import { createSession } from '../onnx/create-session.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import { readModel } from '../onnx/read-model.ts';
import { pictureToPixels, type Decoding, type ResizeMode } from '../pictures/picture-to-pixels.ts';

/** What a model says to pictures. */
export interface Answers {
  /** [count, classes]; without thresholds each row sums to 1. */
  readonly probabilities: Float32Array;
  /** [count], 0 or more; about 1 for pictures like those trained on. Undefined for files of before it was told. */
  readonly unfamiliarity: Float32Array | undefined;
}

/** What a model says to one picture. */
export interface Answer {
  /** [classes]. */
  readonly probabilities: Float32Array;
  readonly unfamiliarity: number | undefined;
}

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
  /** Above which unfamiliarity a picture counts as unlike all that were trained on; undefined where the file cannot tell. */
  readonly unfamiliarityThreshold: number | undefined;
  /**
   * Blocks the thread while it computes: keep `count` to what takes well below a second.
   * @param pixels [count, inputSize, inputSize, 3] uint8, RGB.
   */
  classify(pixels: Uint8Array, count: number): Promise<Answers>;
  classifyPicture(normalisedJpeg: Buffer): Promise<Answer>;
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
  const metadata = readClassifierMetadata(readModel(model));
  const { classes, inputSize, resize, decoding, thresholds, unfamiliarityThreshold } = metadata;
  const session = await createSession(model, 'frozen', { threads: options.threads }).catch((cause: unknown) => {
    throw new OnnxFormatError('ONNX Runtime cannot load the model.', { cause });
  });
  const classify = async (pixels: Uint8Array, count: number): Promise<Answers> => {
    const outputs = await session.run({ pixels: new Tensor('uint8', pixels, [count, inputSize, inputSize, 3]) });
    return {
      probabilities: outputs['probabilities']!.data as Float32Array,
      unfamiliarity: outputs['unfamiliarity']?.data as Float32Array | undefined,
    };
  };
  return {
    classes,
    inputSize,
    resize,
    decoding,
    thresholds,
    unfamiliarityThreshold,
    classify,
    classifyPicture: async (jpeg) => {
      const answers = await classify(await pictureToPixels(jpeg, { size: inputSize, resize, decoding }), 1);
      return { probabilities: answers.probabilities, unfamiliarity: answers.unfamiliarity?.[0] };
    },
    close: () => session.release(),
  };
}
