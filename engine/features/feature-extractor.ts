import { Tensor } from '../onnx/onnx-runtime.ts';
import { BaseModelError, type BaseModel } from '../base-model.ts';
import { composeFeatureExtractor } from '../export/compose-classifier.ts';
import { createSession } from '../onnx/create-session.ts';
import type { ResizeMode } from '../pictures/picture-to-pixels.ts';

/** A base model ready to run. Holds native memory until closed. */
export interface FeatureExtractor {
  readonly size: number;
  readonly resize: ResizeMode;
  readonly dimension: number;
  /** Pictures of one run, so that it blocks the thread for a fraction of a second. */
  readonly batchSize: number;
  /**
   * @param pixels uint8 views, each [size, size, 3]. @returns [views, dimension].
   * @throws {BaseModelError} when the network gives another number of features than its card says.
   */
  extract(views: readonly Uint8Array[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** At about 20 thousand million multiply-adds a second and thread, a run of this many takes 0.25 s. */
const multiplyAddsOfRun = 5e9;

export async function openFeatureExtractor(baseModel: BaseModel, threads: number): Promise<FeatureExtractor> {
  const session = await createSession(composeFeatureExtractor(baseModel), 'frozen', threads);
  const { name, input, output, multiplyAdds } = baseModel.card;
  const { size, resize } = input;
  const { dimension } = output;
  return {
    size,
    resize,
    dimension,
    batchSize: Math.max(1, Math.min(32, Math.floor(multiplyAddsOfRun / Math.max(1, multiplyAdds)))),
    extract: async (views) => {
      const pixels = new Uint8Array(views.length * size * size * 3);
      views.forEach((view, index) => pixels.set(view, index * size * size * 3));
      const outputs = await session.run({ pixels: new Tensor('uint8', pixels, [views.length, size, size, 3]) });
      const features = outputs['features']!.data as Float32Array;
      // ONNX Runtime takes the shape that a graph declares for a hint, and rows of another length would be read shifted.
      if (features.length !== views.length * dimension)
        throw new BaseModelError(
          `The base model ${name} gives ${features.length / views.length} features a picture; its card says ${dimension}.`,
        );
      return features;
    },
    close: () => session.release(),
  };
}
