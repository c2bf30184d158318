import type { EngineEvent } from '../engine-event.ts';
import { decodeAhead } from '../features/decode-ahead.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { UnreadablePicturesError } from '../features/unreadable-pictures-error.ts';
import { openClassifier, type Classifier } from '../inference/open-classifier.ts';
import { evaluate } from '../metrics/evaluate.ts';
import type { Evaluation } from '../metrics/evaluation.ts';
import { pictureToPixels } from '../pictures/picture-to-pixels.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { throwIfCancelled } from '../stopping/abortable.ts';
import { allowedDifference, largestDifference } from './largest-difference.ts';
import { ParityError } from './parity-error.ts';

const batchSize = 8;

/** What the file says to the pictures of one part, and how good that is. */
export interface EvaluatedPart {
  readonly evaluation: Evaluation;
  /** [pictures, classes]. */
  readonly probabilities: Float32Array;
  /** [pictures]; undefined where the file does not tell. */
  readonly unfamiliarity: Float32Array | undefined;
}

export interface EvaluatedExport extends EvaluatedPart {
  /** Undefined when there are no test pictures, or some cannot be read. */
  readonly test: EvaluatedPart | undefined;
  /** 0 when there was nothing to compare with. */
  readonly parity: number;
  readonly seconds: number;
}

/**
 * Loads the file as the server will and classifies the validation pictures from their JPEGs, and then the test pictures: nothing that was
 * decided may depend on those. Where some of them cannot be read there is a warning and no figure, since the model is whole.
 * @param options.expected probabilities of the validation pictures by the graph that was trained, where known.
 * @throws {ParityError} @throws {UnreadablePicturesError} of validation pictures. @throws AbortError
 */
export async function* evaluateExport(
  model: Uint8Array,
  options: {
    readonly validation: PictureSource;
    readonly test?: PictureSource | undefined;
    readonly expected: Float32Array | undefined;
    readonly threads: number;
    readonly cancelSignal: AbortSignal;
  },
): AsyncGenerator<EngineEvent, EvaluatedExport> {
  const { validation, test, expected } = options;
  await using resources = new AsyncDisposableStack();
  const classifier = resources.adopt(await openClassifier(model, options), (each) => each.close());
  const meter = new ProgressMeter('EVALUATING', validation.count + (test?.count ?? 0), 'images');
  yield* meter.at(0);
  const classified = yield* classifyPictures(classifier, validation, { ...options, meter, done: 0 });
  if (classified.unreadable.length > 0)
    throw new UnreadablePicturesError({ train: [], validation: classified.unreadable });
  const parity = expected ? largestDifference(classified.probabilities, expected) : 0;
  // Written so that NaN fails too.
  if (!(parity <= allowedDifference)) throw new ParityError(parity, allowedDifference);
  const part = ({ labels }: PictureSource, { probabilities, unfamiliarity }: ClassifiedPictures): EvaluatedPart => ({
    evaluation: evaluate(labels, probabilities, classifier.classes.length, classifier.thresholds),
    probabilities,
    unfamiliarity,
  });
  let tested: EvaluatedPart | undefined;
  if (test && test.count > 0) {
    const answered = yield* classifyPictures(classifier, test, { ...options, meter, done: validation.count });
    if (answered.unreadable.length === 0) tested = part(test, answered);
    else yield warning(answered.unreadable.length, test.count);
  }
  return { ...part(validation, classified), test: tested, parity, seconds: meter.seconds };
}

const warning = (unreadable: number, count: number): EngineEvent => ({
  type: 'log',
  level: 'WARN',
  message: `${unreadable} of ${count} test pictures cannot be read: the model is not evaluated on the test part.`,
});

interface ClassifiedPictures extends Pick<EvaluatedPart, 'probabilities' | 'unfamiliarity'> {
  readonly unreadable: readonly number[];
}

async function* classifyPictures(
  classifier: Classifier,
  source: PictureSource,
  options: { readonly cancelSignal: AbortSignal; readonly meter: ProgressMeter; readonly done: number },
): AsyncGenerator<EngineEvent, ClassifiedPictures> {
  const { inputSize: size, resize, decoding } = classifier;
  const classCount = classifier.classes.length;
  const probabilities = new Float32Array(source.count * classCount);
  let unfamiliarity: Float32Array | undefined;
  const unreadable: number[] = [];
  const order = Int32Array.from({ length: source.count }, (_, index) => index);
  const decode = async (index: number) => pictureToPixels(await source.load(index), { size, resize, decoding });
  let { done } = options;
  for await (const batch of decodeAhead(order, batchSize, decode, options.cancelSignal)) {
    const readable = batch.filter((picture) => 'value' in picture);
    unreadable.push(...batch.filter((picture) => 'error' in picture).map(({ index }) => index));
    if (readable.length > 0) {
      const pixels = Buffer.concat(readable.map(({ value }) => value));
      const answers = await classifier.classify(pixels, readable.length);
      if (answers.unfamiliarity) unfamiliarity ??= new Float32Array(source.count);
      readable.forEach(({ index }, at) => {
        probabilities.set(answers.probabilities.subarray(at * classCount, (at + 1) * classCount), index * classCount);
        unfamiliarity?.set(answers.unfamiliarity!.subarray(at, at + 1), index);
      });
    }
    throwIfCancelled(options.cancelSignal);
    done += batch.length;
    yield* options.meter.at(done);
  }
  return { probabilities, unfamiliarity, unreadable };
}
