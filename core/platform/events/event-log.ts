/** An event with its place in a log: 1, 2, 3, ... */
export interface LoggedEvent {
  readonly sequence: number;
}

/** An append-only log: one sequence of events for each id. Writers say on the channel, with the id, that there is something new. */
export interface EventLog<Event extends LoggedEvent> {
  /** Of PostgreSQL's NOTIFY. */
  readonly channel: string;
  /** Up to `limit` events after a sequence number, in order. */
  read(id: string, after: number, limit: number): Promise<Event[]>;
  /** Sequence number of the last event; 0 where there is none. */
  lastSequence(id: string): Promise<number>;
}
