import type { Tracing, RunningSpan } from '#core/platform/tracing/tracing.ts';
import type { EngineEvent } from '#engine/index.ts';

/** Makes spans of what a trainer tells: one for each phase, one in it for each epoch, from the end of the one before. */
export class TrainerSpans {
  readonly #tracing: Tracing;
  readonly #parent: string | undefined;
  #phase: { readonly name: string; readonly span: RunningSpan } | undefined;
  #epochStart = 0;

  /** Made in the span of the attempt, since what a child process says comes from nowhere. */
  constructor(tracing: Tracing) {
    this.#tracing = tracing;
    this.#parent = tracing.carrier();
  }

  note(event: EngineEvent): void {
    if (!this.#tracing.isOn) return;
    if (event.type === 'progress' && event.phase !== this.#phase?.name) {
      this.end();
      const span = this.#tracing.start(`phase ${event.phase}`, { parent: this.#parent });
      this.#phase = { name: event.phase, span };
      this.#epochStart = Date.now();
    }
    if (event.type !== 'epoch') return;
    const { stage, epoch, epochs, loss } = event;
    this.#tracing
      .start('epoch', {
        parent: this.#phase?.span.carrier ?? this.#parent,
        startTime: this.#epochStart,
        attributes: {
          'exemplar.stage': stage,
          'exemplar.epoch': epoch,
          'exemplar.epochs': epochs,
          'exemplar.loss': loss,
        },
      })
      .end();
    this.#epochStart = Date.now();
  }

  /** Nothing more will be told. */
  end(): void {
    this.#phase?.span.end();
    this.#phase = undefined;
  }
}
