import type { TrainingEvent } from './training-events.ts';

/** What a training was doing, in the order of a run. */
export type TrainingSpan = 'queue' | 'prepare' | 'features' | 'epochs' | 'evaluate' | 'export';

const spanOfPhase = {
  FEATURES: 'features',
  TRAINING: 'epochs',
  EVALUATING: 'evaluate',
  EXPORTING: 'export',
} as const;

/** How long a training was at what, by the time stamps of its events: each span lasts until the next begins. */
export class PhaseSeconds {
  readonly #seconds = new Map<TrainingSpan, number>();
  #current: { readonly span: TrainingSpan; readonly since: number } | undefined;

  add(event: TrainingEvent): void {
    const at = Date.parse(event.occurredAt);
    if (event.__typename === 'TrainingProgressed') this.#enter(spanOfPhase[event.phase], at);
    if (event.__typename !== 'TrainingStateChanged') return;
    if (event.state === 'QUEUED') this.#enter('queue', at);
    else if (event.state === 'PREPARING' && this.#current?.span !== 'features') this.#enter('prepare', at);
    else if (event.state === 'COMPLETED' || event.state === 'FAILED' || event.state === 'CANCELLED') this.#leave(at);
  }

  /** Spans that were not entered are left out. */
  read(): Partial<Record<TrainingSpan, number>> {
    return Object.fromEntries(this.#seconds);
  }

  #enter(span: TrainingSpan, at: number): void {
    if (this.#current?.span === span) return;
    this.#leave(at);
    this.#current = { span, since: at };
  }

  #leave(at: number): void {
    if (!this.#current) return;
    const { span, since } = this.#current;
    this.#seconds.set(span, (this.#seconds.get(span) ?? 0) + (at - since) / 1000);
    this.#current = undefined;
  }
}
