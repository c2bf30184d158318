import type { Answer, Picture, Predictor } from '#core/models/predictor.ts';
import {
  InvalidStateError,
  PictureRefusedError,
  UnavailableError,
  type PictureRefusal,
  type UserError,
} from '#core/platform/errors.ts';
import { environmentOf, s3PlaceOf } from '#core/platform/objects/s3-keys.ts';
import type { Platform } from '#core/platform/platform.ts';
import { mostPicturesOfRun } from './batcher.ts';
import { InferenceProcess, type Work } from './inference-process.ts';
import type { InferenceReply } from './inference-protocol.ts';

/** Pictures that a process has at a time: one run is computed, another decoded. */
const windowOfProcess = 2 * mostPicturesOfRun;
/** A picture that was being worked on when its process ended is tried once more, in case it was not the picture. */
const mostTries = 2;

/**
 * Answers with model files in processes beside this one. At most so many pictures wait (`inference.queue` of the configuration), at most three
 * quarters of them of one caller; what comes beyond is refused at once, for the caller to come again. A call is taken as a whole or not at
 * all, and alone whatever its size.
 */
export class Inference implements Predictor {
  readonly #most: number;
  readonly #processes: readonly InferenceProcess[];
  readonly #waiting: Work[] = [];
  readonly #admitted = new Map<string, number>();
  #total = 0;
  #isClosed = false;

  constructor({ config, log }: Platform) {
    this.#most = config.inference.queue;
    const settings = {
      objectsDirectory: config.objectsDirectory,
      s3: s3PlaceOf(config.s3),
      limits: {
        maximumBytes: config.limits.imageBytes,
        maximumSide: config.limits.imageSide,
        maximumPixels: config.limits.imagePixels,
      },
      threads: config.inference.threads,
      modelBytes: config.inference.modelBytes,
    };
    this.#processes = Array.from(
      { length: config.inference.processes },
      () =>
        new InferenceProcess(settings, environmentOf(config.s3), log, {
          onFree: () => this.#pump(),
          onLost: (work) => this.#again(work),
        }),
    );
  }

  /** Taken and not answered yet. */
  get pictures(): number {
    return this.#total;
  }

  /** Of the processes that run now; none before the first picture. */
  get processIds(): readonly number[] {
    return this.#processes.flatMap(({ pid }) => pid ?? []);
  }

  async load(modelKey: string): Promise<void> {
    const replies = this.#processes.map(
      (process) => new Promise<InferenceReply>((done) => process.begin({ request: { modelKey }, tries: 0, done })),
    );
    for (const reply of await Promise.all(replies)) {
      if (reply.type === 'unusable') throw unusable(reply.message);
      if (reply.type === 'interrupted') throw interrupted();
    }
  }

  refuseWhenFull(caller: string): void {
    if (this.#total >= this.#most) throw full();
    if ((this.#admitted.get(caller) ?? 0) >= this.#mostOfCaller) throw callerFull();
  }

  async predict(
    modelKey: string,
    pictures: readonly Picture[],
    { caller, isShadow = false }: { caller: string; isShadow?: boolean },
  ): Promise<(Answer | UserError)[]> {
    const count = pictures.length;
    const ofCaller = this.#admitted.get(caller) ?? 0;
    // Shadows live on what calls leave over.
    const most = isShadow ? this.#most / 2 : this.#most;
    if (this.#total > 0 && this.#total + count > most) throw full();
    if (ofCaller > 0 && ofCaller + count > this.#mostOfCaller) throw callerFull();
    this.#total += count;
    this.#admitted.set(caller, ofCaller + count);
    return Promise.all(
      pictures.map(async (picture) => {
        const reply = await this.#ask({ modelKey, picture });
        this.#total--;
        const left = this.#admitted.get(caller)! - 1;
        if (left > 0) this.#admitted.set(caller, left);
        else this.#admitted.delete(caller);
        return toAnswer(reply, picture.fileName);
      }),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#again(this.#waiting.splice(0));
    await Promise.all(this.#processes.map((process) => process.close()));
  }

  get #mostOfCaller(): number {
    return Math.ceil(this.#most * 0.75);
  }

  #ask({ modelKey, picture }: { modelKey: string; picture: Picture }): Promise<InferenceReply> {
    const { bytes, isNormalised } = picture;
    return new Promise((done) => {
      this.#waiting.push({ request: { modelKey, picture: { bytes, isNormalised } }, tries: 0, done });
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const freest = this.#processes.reduce((one, other) => (other.load < one.load ? other : one));
      if (freest.load >= windowOfProcess) return;
      freest.begin(this.#waiting.shift()!);
    }
  }

  #again(lost: readonly Work[]): void {
    const lasting = lost.filter((work) => {
      if (!this.#isClosed && work.tries < mostTries) return true;
      work.done({ id: 0, type: 'interrupted' });
      return false;
    });
    this.#waiting.unshift(...lasting);
    this.#pump();
  }
}

const full = () =>
  new UnavailableError('SERVER_BUSY', 'The server has as many pictures waiting as it takes. Try again in a moment.');
const callerFull = () =>
  new UnavailableError(
    'CALLER_BUSY',
    'As many pictures of this deployment wait as it may have. Send fewer at the same time.',
  );
const interrupted = () =>
  new UnavailableError('INTERRUPTED', 'The process that was to answer has ended. Try again in a moment.');
const unusable = (message: string) =>
  new InvalidStateError(`The file of the model version cannot be used: ${message}`, 'UNUSABLE');

function toAnswer(reply: InferenceReply, fileName: string): Answer | UserError {
  switch (reply.type) {
    case 'answer':
      return { probabilities: reply.probabilities, unfamiliarity: reply.unfamiliarity };
    case 'refused':
      return new PictureRefusedError(reply.code as PictureRefusal, fileName, reply.message);
    case 'unusable':
      return unusable(reply.message);
    default:
      return interrupted();
  }
}
