import { setTimeout } from 'node:timers/promises';
import { releaseBytes, type Answer, type Classifier } from '#engine/inference/index.ts';

interface Waiting {
  readonly classifier: Classifier;
  readonly pixels: Uint8Array;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Pictures of one run: more of them gain little on a CPU and keep the first one waiting. */
export const mostPicturesOfRun = 8;
/** For how long a run that is not full waits for pictures that are being decoded. */
const patienceMilliseconds = 3;

/** Collects decoded pictures of one model into runs, and runs one after the other. */
export class Batcher {
  readonly #waiting: Waiting[] = [];
  /** Pictures of each model that are being decoded and will come. */
  readonly #coming = new Map<Classifier, number>();
  #isRunning = false;
  #came = () => {};

  /** @param decode [inputSize, inputSize, 3]. @throws what decoding and running throw. */
  async classify(classifier: Classifier, decode: () => Promise<Uint8Array>): Promise<Answer> {
    this.#count(classifier, 1);
    let pixels: Uint8Array;
    try {
      pixels = await decode();
    } finally {
      this.#count(classifier, -1);
      this.#came();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ classifier, pixels, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  #count(classifier: Classifier, difference: number): void {
    const count = (this.#coming.get(classifier) ?? 0) + difference;
    if (count > 0) this.#coming.set(classifier, count);
    else this.#coming.delete(classifier);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await this.#fill(this.#waiting[0]!.classifier);
      await runTogether(this.#takeRun());
    }
    this.#isRunning = false;
  }

  async #fill(classifier: Classifier): Promise<void> {
    const deadline = new AbortController();
    const expired = setTimeout(patienceMilliseconds, undefined, { signal: deadline.signal }).catch(() => {});
    let isPatient = true;
    void expired.then(() => (isPatient = false));
    const isFull = () => this.#waiting.filter((each) => each.classifier === classifier).length >= mostPicturesOfRun;
    // oxlint-disable-next-line no-unmodified-loop-condition -- the timer changes it
    while (isPatient && this.#coming.has(classifier) && !isFull())
      await Promise.race([expired, new Promise<void>((resolve) => (this.#came = resolve))]);
    deadline.abort();
  }

  #takeRun(): Waiting[] {
    const { classifier } = this.#waiting[0]!;
    const run = this.#waiting.filter((each) => each.classifier === classifier).slice(0, mostPicturesOfRun);
    for (const each of run) this.#waiting.splice(this.#waiting.indexOf(each), 1);
    return run;
  }
}

async function runTogether(run: readonly Waiting[]): Promise<void> {
  const { classifier } = run[0]!;
  const pixelsOfPicture = classifier.inputSize ** 2 * 3;
  const classCount = classifier.classes.length;
  try {
    const pixels = new Uint8Array(run.length * pixelsOfPicture);
    run.forEach((each, index) => {
      pixels.set(each.pixels, index * pixelsOfPicture);
      releaseBytes(each.pixels);
    });
    const { probabilities, unfamiliarity } = await classifier.classify(pixels, run.length);
    run.forEach(({ resolve }, index) =>
      resolve({
        probabilities: probabilities.slice(index * classCount, (index + 1) * classCount),
        unfamiliarity: unfamiliarity?.[index],
      }),
    );
  } catch (error) {
    for (const { reject } of run) reject(error);
  }
}
