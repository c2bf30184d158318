import type { LoggedEvent } from '../platform/events/event-log.ts';
import type { EventTails } from '../platform/events/event-tails.ts';
import type { AccessGuards } from './access-guards.ts';

/** What a watcher of a log reads from and how it is guarded. */
export interface WatchOptions<Event extends LoggedEvent> {
  readonly tails: EventTails<Event>;
  /** Undefined: rights are checked once, at the start. */
  readonly guards: AccessGuards | undefined;
  /** Called whenever all there is was given out, before the stream waits. */
  readonly onIdle?: () => void;
}
