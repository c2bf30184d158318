import type { Platform } from '#core/platform/platform.ts';
import { recordTransferProgress, type TransferAttempt } from '#core/transfer/run-transfer.ts';
import type { TransferPhase } from '#core/transfer/transfer-facts.ts';

const writeMilliseconds = 250;

/** How far a transfer is, as what runs it says. */
export interface TransferStep {
  readonly phase: TransferPhase;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
}

/** Writes progress at most four times a second, of what waits the latest, with the rate of this attempt and how long the phase will last. */
export class TransferProgressRecorder {
  readonly #platform: Platform;
  readonly #attempt: TransferAttempt;
  readonly #onError: (error: unknown) => void;
  #start: { phase: TransferPhase; done: number; at: number } | undefined;
  #waiting: TransferStep | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `onError` hears of what could not be written, most often since another attempt has taken over. */
  constructor(platform: Platform, attempt: TransferAttempt, onError: (error: unknown) => void) {
    this.#platform = platform;
    this.#attempt = attempt;
    this.#onError = onError;
  }

  add(step: TransferStep): void {
    if (this.#start?.phase !== step.phase) this.#start = { phase: step.phase, done: step.done, at: performance.now() };
    this.#waiting = step;
    this.#timer ??= setTimeout(() => void this.flush(), writeMilliseconds);
  }

  /** Resolves when everything added so far is written, or was given up. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const step = this.#waiting;
    this.#waiting = undefined;
    if (step)
      this.#writing = this.#writing
        .then(() => recordTransferProgress(this.#platform, this.#attempt, { ...step, ...this.#rateOf(step) }))
        .catch((error) => this.#onError(error));
    return this.#writing;
  }

  #rateOf({ phase, done, total }: TransferStep): { perSecond: number | null; etaSeconds: number | null } {
    const start = this.#start;
    const seconds = start?.phase === phase ? (performance.now() - start.at) / 1000 : 0;
    const perSecond = start && seconds > 0 && done > start.done ? (done - start.done) / seconds : null;
    return { perSecond, etaSeconds: perSecond && total !== null ? Math.max(0, total - done) / perSecond : null };
  }
}
