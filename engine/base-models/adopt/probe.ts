import { BaseModelError, type BaseModel } from '../../base-model.ts';
import { openFrozenPrefix } from '../../features/frozen-prefix.ts';
import { firstLine } from './first-line.ts';
import { OnnxFormatError } from '../../onnx/onnx-format-error.ts';
import { random } from '../../random/random.ts';

/** Largest difference between a picture alone and the same among others, as a share of the largest feature. */
const allowedDifference = 1e-3;
const trials = 3;

export interface Probe {
  /** On one thread. */
  readonly secondsPerPicture: number;
  readonly remarks: readonly string[];
}

/**
 * Runs a base model on noise, stripes and grey: it must load, take any number of pictures, and answer each with numbers that do not depend
 * on the others. @throws {OnnxFormatError} when ONNX Runtime refuses it. @throws {BaseModelError} when it answers nonsense.
 */
export async function probe(baseModel: BaseModel): Promise<Probe> {
  const { card } = baseModel;
  const { dimension, name } = card.output;
  const prefix = await openFrozenPrefix(baseModel, name, [dimension], { threads: 1 }).catch((cause: unknown) => {
    throw new OnnxFormatError(`ONNX Runtime cannot load the model: ${firstLine(cause)}`, { cause });
  });
  try {
    const run = (views: readonly Uint8Array[]) =>
      prefix.run(views).catch((cause: unknown) => {
        if (cause instanceof BaseModelError) throw cause;
        throw new BaseModelError(`The model fails on ${views.length} picture(s): ${firstLine(cause)}`, { cause });
      });
    const pictures = testPictures(card.input.size);
    const together = (await run(pictures)).slice();
    const wrong = together.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw new BaseModelError(`The model answers a picture with ${wrong}, which is no number.`);
    const largest = together.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let seconds = Infinity;
    for (let trial = 0; trial < trials; trial++)
      for (const [at, picture] of pictures.entries()) {
        const started = performance.now();
        const alone = await run([picture]);
        seconds = Math.min(seconds, (performance.now() - started) / 1000);
        const difference = alone.reduce(
          (most, value, index) => Math.max(most, Math.abs(value - together[at * dimension + index]!)),
          0,
        );
        if (!(difference <= allowedDifference * largest))
          throw new BaseModelError(
            'The model answers a picture otherwise when others are there: it cannot take several at once.',
          );
      }
    const constant = Array.from({ length: dimension }, (_, index) =>
      pictures.every((_picture, at) => together[at * dimension + index] === together[index]),
    );
    const silent = constant.filter(Boolean).length;
    const remarks =
      silent === dimension
        ? ['WARNING: its features are the same for every picture that was tried: nothing can be learned from them.']
        : silent > dimension / 2
          ? [`WARNING: ${silent} of its ${dimension} features are the same for every picture that was tried.`]
          : [];
    return { secondsPerPicture: seconds, remarks };
  } finally {
    await prefix.close();
  }
}

function testPictures(size: number): Uint8Array[] {
  const draw = random(5);
  const length = size * size * 3;
  return [
    Uint8Array.from({ length }, () => draw.integer(256)),
    Uint8Array.from({ length }, (_, at) => (Math.floor(at / 24) % 2 === 0 ? 220 : 30)),
    new Uint8Array(length).fill(128),
  ];
}
