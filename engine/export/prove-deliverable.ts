import type { PictureSource } from '../features/picture-source.ts';
import { openClassifier } from '../inference/open-classifier.ts';
import { openDeliverable } from '../inference/open-deliverable.ts';
import { pickLabels, strataOf } from '../labels/labels.ts';
import { evaluate } from '../metrics/evaluate.ts';
import { decodePicture, type DecodedPicture } from '../pictures/decode-picture.ts';
import { pictureToPixels } from '../pictures/picture-to-pixels.ts';
import { throwIfCancelled } from '../stopping/abortable.ts';
import { allowedDifference, largestDifference } from './largest-difference.ts';
import { ParityError } from './parity-error.ts';

/** A picture with the answer that it must get, for those who want to see for themselves. */
export interface GoldenExample {
  /** Place in the source. */
  readonly index: number;
  /** `WHOLE`: as it is stored, for the file to resize; `RESIZED`: the pixels that the network sees. */
  readonly form: 'WHOLE' | 'RESIZED';
  readonly picture: DecodedPicture;
  /** [classes], what the server answers. */
  readonly probabilities: Float32Array;
}

/** What was found when the file that is taken away and the one that serves were asked the same. */
export interface DeliverableProof {
  /** Pictures that both were asked about. */
  readonly imageCount: number;
  /** Pictures that are there no more, or cannot be read. */
  readonly unreadable: readonly number[];
  /** Largest difference of a probability with the pixels that the network sees. */
  readonly parity: number;
  /** The same with whole pictures, resized by the file. Near 0 but for versions that learned from `halved` pictures. */
  readonly wholeParity: number;
  /** Shares of right answers, 0..1, to these pictures. */
  readonly accuracy: { readonly server: number; readonly deliverable: number; readonly int8: number };
  readonly golden: readonly GoldenExample[];
}

const mostGolden = 4;
/** Whole pictures are large. */
const mostGoldenWhole = 2;

/**
 * Asks the file that serves, the file to be taken away and its 8-bit variant about the same pictures, up to `mostPictures` of them, evenly
 * chosen. Blocks the thread for one picture at a time.
 * @throws {ParityError} when the first two differ by more than 1e-4: with whole pictures too, where the version learned from such.
 * @throws AbortError
 */
export async function proveDeliverable(
  files: { readonly stored: Uint8Array; readonly deliverable: Uint8Array; readonly int8: Uint8Array },
  options: {
    readonly pictures: PictureSource;
    readonly mostPictures: number;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<DeliverableProof> {
  const { pictures, signal } = options;
  await using resources = new AsyncDisposableStack();
  const closing = <T extends { close(): Promise<void> }>(each: T) => resources.adopt(each, (one) => one.close());
  const server = closing(await openClassifier(files.stored));
  const deliverable = closing(await openDeliverable(files.deliverable));
  const int8 = closing(await openDeliverable(files.int8));
  const { inputSize: size, resize, decoding, classes } = server;
  const chosen = evenly(pictures.count, options.mostPictures);
  const strata = strataOf(pictures.labels, classes.length);
  const golden: GoldenExample[] = [];
  const seen = new Set<number>();
  const unreadable: number[] = [];
  const readable: number[] = [];
  const answers = { server: [] as Float32Array[], deliverable: [] as Float32Array[], int8: [] as Float32Array[] };
  let [parity, wholeParity] = [0, 0];
  for (const [done, index] of chosen.entries()) {
    throwIfCancelled(signal);
    options.onProgress(done, chosen.length);
    const decoded = await decodeBoth(() => pictures.load(index), { size, resize, decoding });
    if (!decoded) {
      unreadable.push(index);
      continue;
    }
    const { whole, resized } = decoded;
    const { probabilities: expected } = await server.classify(resized.data, 1);
    parity = atLeast(parity, largestDifference((await deliverable.classify(resized)).probabilities, expected));
    const { probabilities: ofWhole } = await deliverable.classify(whole);
    wholeParity = atLeast(wholeParity, largestDifference(ofWhole, expected));
    readable.push(index);
    answers.server.push(expected);
    answers.deliverable.push(ofWhole);
    answers.int8.push((await int8.classify(whole)).probabilities);
    if (seen.has(strata[index]!) || seen.size === mostGolden) continue;
    seen.add(strata[index]!);
    golden.push({ index, form: 'RESIZED', picture: resized, probabilities: expected });
    if (decoding === 'whole' && seen.size <= mostGoldenWhole)
      golden.push({ index, form: 'WHOLE', picture: whole, probabilities: expected });
  }
  const worst = decoding === 'whole' ? atLeast(parity, wholeParity) : parity;
  if (!(worst <= allowedDifference)) throw new ParityError(worst, allowedDifference);
  const labels = pickLabels(pictures.labels, classes.length, Int32Array.from(readable));
  const accuracyOf = (rows: readonly Float32Array[]) =>
    evaluate(labels, Float32Array.from(rows.flatMap((row) => [...row])), classes.length, server.thresholds).accuracy;
  return {
    imageCount: readable.length,
    unreadable,
    parity,
    wholeParity,
    accuracy: {
      server: accuracyOf(answers.server),
      deliverable: accuracyOf(answers.deliverable),
      int8: accuracyOf(answers.int8),
    },
    golden,
  };
}

async function decodeBoth(
  load: () => Promise<Buffer>,
  geometry: Parameters<typeof pictureToPixels>[1],
): Promise<{ whole: DecodedPicture; resized: DecodedPicture } | undefined> {
  const { size } = geometry;
  try {
    const jpeg = await load();
    const [whole, data] = await Promise.all([decodePicture(jpeg), pictureToPixels(jpeg, geometry)]);
    return { whole, resized: { width: size, height: size, data } };
  } catch {
    return undefined;
  }
}

/** The larger one; NaN stays. */
const atLeast = (largest: number, value: number) => (value <= largest ? largest : value);

function evenly(count: number, most: number): number[] {
  const amount = Math.min(count, most);
  return Array.from({ length: amount }, (_, at) => Math.floor((at * count) / amount));
}
