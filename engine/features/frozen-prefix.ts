import type { BaseModel } from '../base-model.ts';
import { composeFrozenPrefix } from '../export/compose-classifier.ts';
import { createSession } from '../onnx/create-session.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import type { ResizeMode } from '../pictures/picture-to-pixels.ts';

/** The part of a base model before a cut, ready to run. Holds native memory until closed. */
export interface FrozenPrefix {
  /** Pixels of a side of the input, and how pictures are brought to it. */
  readonly size: number;
  readonly resize: ResizeMode;
  /** Numbers that one view becomes. */
  readonly rowLength: number;
  /** Pictures of one run, so that it blocks the thread for a fraction of a second. */
  readonly batchSize: number;
  /** @param views uint8, each [size, size, 3]. @returns float32 [views, ...shape of the cut]. */
  run(views: readonly Uint8Array[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** At about 20 thousand million multiply-adds a second and thread, a run of this many takes 0.25 s. */
const multiplyAddsOfRun = 5e9;

/** @param value of the base model's graph; its features are one. @param shape of the value, without the batch. */
export async function openFrozenPrefix(
  baseModel: BaseModel,
  value: string,
  shape: readonly number[],
  threads: number,
): Promise<FrozenPrefix> {
  const session = await createSession(composeFrozenPrefix(baseModel, value, shape), 'frozen', threads);
  const { size, resize } = baseModel.card.input;
  return {
    size,
    resize,
    rowLength: shape.reduce((product, length) => product * length, 1),
    batchSize: Math.max(1, Math.min(32, Math.floor(multiplyAddsOfRun / Math.max(1, baseModel.card.multiplyAdds)))),
    run: async (views) => {
      const pixels = new Uint8Array(views.length * size * size * 3);
      views.forEach((view, index) => pixels.set(view, index * size * size * 3));
      const outputs = await session.run({ pixels: new Tensor('uint8', pixels, [views.length, size, size, 3]) });
      return outputs['frozen']!.data as Float32Array;
    },
    close: () => session.release(),
  };
}
