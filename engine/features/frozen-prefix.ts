import { BaseModelError, type BaseModel } from '../base-model.ts';
import { composeFrozenPrefix } from '../export/compose-classifier.ts';
import { createSession, type SessionSettings } from '../onnx/create-session.ts';
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
  /**
   * @param views uint8, each [size, size, 3]. @returns float32 [views, ...shape of the cut].
   * @throws {BaseModelError} when the network gives another number of values than its card says.
   */
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
  settings: SessionSettings,
): Promise<FrozenPrefix> {
  const session = await createSession(composeFrozenPrefix(baseModel, value, shape), 'frozen', settings);
  const { name, input, multiplyAdds } = baseModel.card;
  const { size, resize } = input;
  const rowLength = shape.reduce((product, length) => product * length, 1);
  return {
    size,
    resize,
    rowLength,
    batchSize: Math.max(1, Math.min(32, Math.floor(multiplyAddsOfRun / Math.max(1, multiplyAdds)))),
    run: async (views) => {
      const pixels = new Uint8Array(views.length * size * size * 3);
      views.forEach((view, index) => pixels.set(view, index * size * size * 3));
      const outputs = await session.run({ pixels: new Tensor('uint8', pixels, [views.length, size, size, 3]) });
      const values = outputs['frozen']!.data as Float32Array;
      // ONNX Runtime takes the shape that a graph declares for a hint, and rows of another length would be read shifted.
      if (values.length !== views.length * rowLength)
        throw new BaseModelError(
          `The base model ${name} gives ${values.length / views.length} features a picture; its card says ${rowLength}.`,
        );
      return values;
    },
    close: () => session.release(),
  };
}
