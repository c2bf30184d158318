import type { Platform } from '#core/platform/platform.ts';
import { recordFacts } from '#core/trainings/run-training.ts';
import type { TrainingFact, TrainingProgress, TrainingState } from '#core/trainings/training-facts.ts';

const flushMilliseconds = 250;

/**
 * Writes a training's facts in order and in batches: at most four transactions a second, however fast facts come. Of progress that
 * waits, the latest is kept.
 */
export class FactRecorder {
  readonly #write: (
    facts: TrainingFact[],
    changes: { state?: TrainingState; progress?: TrainingProgress },
  ) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #facts: TrainingFact[] = [];
  #state: TrainingState | undefined;
  #progress: TrainingProgress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `onError` is called once for each batch that could not be written, most often since another attempt has taken over. */
  constructor(platform: Platform, trainingId: string, attempt: number, onError: (error: unknown) => void) {
    this.#write = (facts, changes) => recordFacts(platform, trainingId, attempt, facts, changes);
    this.#onError = onError;
  }

  add(fact: TrainingFact): void {
    if (fact.type === 'PROGRESSED') {
      const { type: _, ...progress } = fact;
      this.#progress = progress;
      const last = this.#facts.at(-1);
      if (last?.type === 'PROGRESSED' && last.phase === fact.phase) this.#facts.pop();
    }
    if (fact.type === 'STATE_CHANGED') this.#state = fact.state;
    this.#facts.push(fact);
    this.#timer ??= setTimeout(() => void this.flush(), flushMilliseconds);
  }

  /** Resolves when everything added so far is written, or was given up. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const facts = this.#facts;
    const changes = {
      ...(this.#state && { state: this.#state }),
      ...(this.#progress && { progress: this.#progress }),
    };
    this.#facts = [];
    this.#state = undefined;
    this.#progress = undefined;
    if (facts.length > 0)
      this.#writing = this.#writing.then(() => this.#write(facts, changes)).catch((error) => this.#onError(error));
    return this.#writing;
  }
}
