import { claimTraining, endTraining, recordFacts } from '#core/trainings/run-training.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { TrainingFact } from '#core/trainings/training-facts.ts';

/** Writes the facts of a training as its worker would: for tests of those who watch. */
export class TrainingWriter {
  readonly #platform: Platform;
  readonly #trainingId: string;
  readonly #attempt: number;
  #lines = 0;

  private constructor(platform: Platform, trainingId: string, attempt: number) {
    this.#platform = platform;
    this.#trainingId = trainingId;
    this.#attempt = attempt;
  }

  /** Takes a queued training, by its global id; it has 2 events then. */
  static async claim(platform: Platform, id: string): Promise<TrainingWriter> {
    const claimed = await claimTraining(platform, id.replace('Training_', ''));
    return new TrainingWriter(platform, claimed!.training.id, claimed!.training.attempt);
  }

  facts(facts: readonly TrainingFact[]): Promise<void> {
    return recordFacts(this.#platform, this.#trainingId, this.#attempt, facts);
  }

  /** So many log lines, of so many characters. */
  lines(count: number, length = 10): Promise<void> {
    return this.facts(
      Array.from({ length: count }, () => ({
        type: 'LOG_LINE',
        level: 'INFO',
        message: String(++this.#lines).padEnd(length, '.'),
      })),
    );
  }

  /** The last event. */
  end(): Promise<void> {
    return endTraining(this.#platform, this.#trainingId, this.#attempt, { state: 'CANCELLED' });
  }
}
