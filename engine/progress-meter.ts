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
    if (done < this.#total && performance.now() - this.#toldAt < millisecondsBetweenEvents) return;
    yield this.#tell(done, this.#total, epoch);
  }

  /** Once at the end: one that comes early leaves no bar standing half-way, what has been done is all there was to do. */
  *end(done: number, epoch: number | null = null): Generator<ProgressEvent> {
    if (done < this.#total) yield this.#tell(done, done, epoch);
  }

  #tell(done: number, total: number, epoch: number | null): ProgressEvent {
    this.#toldAt = performance.now();
    const { seconds } = this;
    const rate = done > 0 && seconds > 0 ? done / seconds : null;
    return {
      type: 'progress',
      phase: this.#phase,
      done,
      total,
      unit: this.#unit,
      imagesPerSecond: this.#unit === 'images' ? rate : null,
      etaSeconds: rate === null ? null : (total - done) / rate,
      epoch,
    };
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }
}
