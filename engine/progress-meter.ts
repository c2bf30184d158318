import type { EngineEvent, EnginePhase } from './engine-event.ts';

type ProgressEvent = Extract<EngineEvent, { type: 'progress' }>;

/** At most this often, but always at the start and at the end of a phase. */
const millisecondsBetweenEvents = 250;

/** Turns counts of a phase into progress events with rate and remaining time. */
export class ProgressMeter {
  readonly #phase: EnginePhase;
  readonly #total: number;
  readonly #unit: ProgressEvent['unit'];
  readonly #startedAt = performance.now();
  #toldAt = -Infinity;

  constructor(phase: EnginePhase, total: number, unit: ProgressEvent['unit']) {
    this.#phase = phase;
    this.#total = total;
    this.#unit = unit;
  }

  /** An event when it is time for one. @param epoch the one under way, where steps are counted. */
  *at(done: number, epoch: number | null = null): Generator<ProgressEvent> {
    const now = performance.now();
    if (done < this.#total && now - this.#toldAt < millisecondsBetweenEvents) return;
    this.#toldAt = now;
    const seconds = (now - this.#startedAt) / 1000;
    const rate = done > 0 && seconds > 0 ? done / seconds : null;
    yield {
      type: 'progress',
      phase: this.#phase,
      done,
      total: this.#total,
      unit: this.#unit,
      imagesPerSecond: this.#unit === 'images' ? rate : null,
      etaSeconds: rate === null ? null : (this.#total - done) / rate,
      epoch,
    };
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }
}
