import { openClassifier, type Classifier } from '#engine/inference/index.ts';

interface Shelved {
  readonly classifier: Promise<Classifier>;
  bytes: number;
  users: number;
  usedAt: number;
}

/** So that a deployment that sleeps takes no memory either. */
const unusedMilliseconds = 10 * 60_000;

/**
 * Open models by their keys. What was unused the longest is closed when they are more bytes than the budget, and what was unused for ten minutes
 * in any case; what is in use never.
 */
export class ModelShelf {
  readonly #read: (modelKey: string) => Promise<Buffer>;
  readonly #budgetBytes: number;
  readonly #threads: number;
  /** A Map keeps insertion order: the first key is the one that was unused the longest. */
  readonly #models = new Map<string, Shelved>();

  /** @param budgetBytes of model files; memory is about twice as much. @param threads of one run. */
  constructor(read: (modelKey: string) => Promise<Buffer>, budgetBytes: number, threads: number) {
    this.#read = read;
    this.#budgetBytes = budgetBytes;
    this.#threads = threads;
    setInterval(() => this.#closeUnused(), unusedMilliseconds / 10).unref();
  }

  /** @throws {ModelUnusableError} */
  async use<T>(modelKey: string, use: (classifier: Classifier) => Promise<T>): Promise<T> {
    const model = this.#take(modelKey);
    model.users++;
    try {
      return await use(await model.classifier);
    } finally {
      model.users--;
      model.usedAt = Date.now();
      this.#closeUnused();
    }
  }

  #take(modelKey: string): Shelved {
    const known = this.#models.get(modelKey);
    if (known) {
      this.#models.delete(modelKey);
      this.#models.set(modelKey, known);
      return known;
    }
    const model: Shelved = {
      classifier: this.#open(modelKey, (bytes) => (model.bytes = bytes)),
      bytes: 0,
      users: 0,
      usedAt: Date.now(),
    };
    // One that could not be read now may be readable later.
    model.classifier.catch(() => this.#models.delete(modelKey));
    this.#models.set(modelKey, model);
    return model;
  }

  async #open(modelKey: string, onSize: (bytes: number) => void): Promise<Classifier> {
    try {
      const file = await this.#read(modelKey);
      onSize(file.byteLength);
      const classifier = await openClassifier(file, { threads: this.#threads });
      // The first run is the slow one.
      await classifier.classify(new Uint8Array(classifier.inputSize ** 2 * 3), 1);
      return classifier;
    } catch (cause) {
      throw new ModelUnusableError((cause as Error).message, { cause });
    }
  }

  #closeUnused(): void {
    let total = this.#models.values().reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [modelKey, model] of this.#models) {
      const isOld = Date.now() - model.usedAt > unusedMilliseconds;
      if (model.users > 0 || (total <= this.#budgetBytes && !isOld)) continue;
      this.#models.delete(modelKey);
      total -= model.bytes;
      void model.classifier.then((classifier) => classifier.close()).catch(() => {});
    }
  }
}

/** A model file that cannot be read or run. */
export class ModelUnusableError extends Error {
  constructor(message: string, options: ErrorOptions) {
    super(message, options);
    this.name = 'ModelUnusableError';
  }
}
