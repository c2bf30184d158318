import type { WatchOptions } from '../access/watch-options.ts';
import { guardedStream, type Guarded } from '../access/guarded-stream.ts';
import type { ActionContext } from '../access/viewer.ts';
import { patiently } from '../platform/events/patiently.ts';
import { checkSequence, readPageRequest, toPage, type Page } from '../platform/page.ts';
import { readEvents, type TrainingEvent } from './training-events.ts';
import { isFinal, type TrainingFact } from './training-facts.ts';
import { requireTraining } from './training-row.ts';

/** Progress before event `resyncFrom` is not stored in full any more. Stands before the event after `sequence`. */
export interface TrainingResync {
  readonly trainingId: string;
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly resyncFrom: number;
}

/** With this fact the stream ends. */
export const isLast = (fact: TrainingFact): boolean => fact.type === 'STATE_CHANGED' && isFinal(fact.state);

/** Who may watch the training. */
export const trainingGuard = (ctx: ActionContext, trainingId: string): Guarded => ({
  thing: `training ${trainingId}`,
  check: () => requireTraining(ctx, trainingId, 'VIEWER'),
});

/**
 * Every event of the training after `after`, first the stored ones, then live, in order, each once; ends after the event of a final
 * state, or at once when `signal` aborts. A {@link TrainingResync} comes first where progress was thinned out since.
 * @throws {NotFoundError} {UnauthenticatedError} also while it runs, when the viewer's token or role is taken away.
 */
export async function* watchTraining(
  ctx: ActionContext,
  { tails, guards, onIdle }: WatchOptions<TrainingEvent>,
  trainingId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<TrainingEvent | TrainingResync, void> {
  const open = async function* (signal: AbortSignal): AsyncGenerator<TrainingEvent | TrainingResync, void> {
    checkSequence(after);
    const training = await patiently(ctx.platform.log, () => requireTraining(ctx, trainingId, 'VIEWER'), signal);
    if (after < training.thinnedThrough)
      yield { trainingId, sequence: after, occurredAt: new Date(), resyncFrom: training.thinnedThrough + 1 };
    // Who has the last event already waits for nothing.
    if (isFinal(training.state) && after >= training.lastSequence) return;
    for await (const event of tails.after(trainingId, after, signal, onIdle)) {
      yield event;
      if (isLast(event.fact)) return;
    }
  };
  yield* guardedStream(ctx, trainingGuard(ctx, trainingId), guards, open, signal);
}

/** The same facts as the stream, for clients that poll: 1 to 100 at a time. */
export async function listTrainingEvents(
  ctx: ActionContext,
  trainingId: string,
  after: number,
  first: number | null | undefined,
): Promise<Page<TrainingEvent>> {
  await requireTraining(ctx, trainingId, 'VIEWER');
  checkSequence(after);
  const { limit } = readPageRequest({ first });
  return toPage(await readEvents(ctx.platform.db, trainingId, after, limit + 1), limit);
}
