import type { EngineEvent } from '../engine-event.ts';
import { decodeAhead } from '../features/decode-ahead.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { UnreadablePicturesError } from '../features/unreadable-pictures-error.ts';
import { openClassifier } from '../inference/open-classifier.ts';
import { evaluate } from '../metrics/evaluate.ts';
import type { Evaluation } from '../metrics/evaluation.ts';
import { pictureToPixels } from '../pictures/picture-to-pixels.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { throwIfCancelled } from '../stopping/abortable.ts';
import { allowedDifference, largestDifference } from './largest-difference.ts';
import { ParityError } from './parity-error.ts';

const batchSize = 8;

export interface EvaluatedExport {
  readonly evaluation: Evaluation;
  /** [validation, classes]. */
  readonly probabilities: Float32Array;
  /** 0 when there was nothing to compare with. */
  readonly parity: number;
  readonly seconds: number;
}

/**
 * Loads the file as the server will and classifies the validation pictures from their JPEGs.
 * @param options.expected probabilities of the same pictures by the graph that was trained, where known.
 * @throws {ParityError} @throws {UnreadablePicturesError} @throws AbortError
 */
export async function* evaluateExport(
  model: Uint8Array,
  options: {
    readonly validation: PictureSource;
    readonly expected: Float32Array | undefined;
    readonly threads: number;
    readonly cancelSignal: AbortSignal;
  },
): AsyncGenerator<EngineEvent, EvaluatedExport> {
  const { validation, expected, cancelSignal } = options;
  await using resources = new AsyncDisposableStack();
  const classifier = resources.adopt(await openClassifier(model, options), (each) => each.close());
  const { inputSize: size, resize, decoding } = classifier;
  const classCount = classifier.classes.length;
  const probabilities = new Float32Array(validation.count * classCount);
  const unreadable: number[] = [];
  const meter = new ProgressMeter('EVALUATING', validation.count, 'images');
  const order = Int32Array.from({ length: validation.count }, (_, index) => index);
  const decode = async (index: number) => pictureToPixels(await validation.load(index), { size, resize, decoding });
  let done = 0;
  yield* meter.at(done);
  for await (const batch of decodeAhead(order, batchSize, decode, cancelSignal)) {
    const readable = batch.filter((picture) => 'value' in picture);
    unreadable.push(...batch.filter((picture) => 'error' in picture).map(({ index }) => index));
    if (readable.length > 0) {
      const pixels = Buffer.concat(readable.map(({ value }) => value));
      const answers = await classifier.classify(pixels, readable.length);
      readable.forEach(({ index }, at) =>
        probabilities.set(answers.subarray(at * classCount, (at + 1) * classCount), index * classCount),
      );
    }
    throwIfCancelled(cancelSignal);
    done += batch.length;
    yield* meter.at(done);
  }
  if (unreadable.length > 0) throw new UnreadablePicturesError({ train: [], validation: unreadable });
  const parity = expected ? largestDifference(probabilities, expected) : 0;
  // Written so that NaN fails too.
  if (!(parity <= allowedDifference)) throw new ParityError(parity, allowedDifference);
  return {
    evaluation: evaluate(validation.labels, probabilities, classCount, classifier.thresholds),
    probabilities,
    parity,
    seconds: meter.seconds,
  };
}
