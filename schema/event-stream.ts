import type { AccessGuards } from '#core/access/access-guards.ts';
import type { Guarded } from '#core/access/guarded-stream.ts';
import type { WatchOptions } from '#core/access/watch-options.ts';
import type { ActionContext } from '#core/access/viewer.ts';
import type { LoggedEvent } from '#core/platform/events/event-log.ts';
import type { EventTails } from '#core/platform/events/event-tails.ts';
import { abortableStream } from './abortable-stream.ts';
import type { GraphQLContext } from './context.ts';

/** A function of its own: what it closes over stays for as long as the watcher, and that must not be the whole operation. */
const holdOf =
  (guards: AccessGuards, action: ActionContext, { thing, check }: Guarded) =>
  (lost: (error: Error) => void): (() => void) =>
    guards.hold(action, thing, check, lost);

/** The source of a subscription to a log: tells the transport where it stands, and what it needs to go on without it. */
export function eventStream<Event extends LoggedEvent, Shown extends LoggedEvent>(
  ctx: GraphQLContext,
  action: ActionContext,
  { tails, guarded, after }: { tails: EventTails<Event>; guarded: Guarded; after: number },
  watch: (options: WatchOptions<Event>, after: number, signal: AbortSignal) => AsyncGenerator<Shown, void>,
): AsyncGenerator<Shown, void> {
  const { stream, streams } = ctx;
  const lag = ctx.platform.metrics.streamLag;
  const from = stream.after ?? after;
  stream.sequence = from;
  stream.hold = holdOf(streams.guards, action, guarded);
  let isLive = false;
  const options: WatchOptions<Event> = {
    tails,
    guards: stream.unguarded ? undefined : streams.guards,
    onIdle: () => {
      isLive = true;
      stream.onIdle?.();
    },
  };
  return abortableStream(async function* (signal) {
    for await (const event of watch(options, from, signal)) {
      stream.sequence = event.sequence;
      yield event;
      // Whoever takes the next one has passed this one on. What was stored before somebody came is not late.
      if (isLive && 'occurredAt' in event && event.occurredAt instanceof Date)
        lag.observe({ log: tails.log.channel }, Math.max(0, Date.now() - event.occurredAt.getTime()) / 1000);
    }
  });
}
