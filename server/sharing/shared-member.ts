import type { ExecutionResult } from 'graphql';
import type { StreamPosition } from '#schema/context.ts';
import { Frame, type Sink } from './frame.ts';
import type { GroupMember, SharedGroup } from './shared-group.ts';
import type { SharedOperation, SharedSubscriptions, Watcher } from './shared-subscriptions.ts';

/** Reading alone: from the table, at the watcher's own pace. */
interface Alone {
  readonly position: StreamPosition;
  readonly results: AsyncIterator<ExecutionResult>;
}

const over = { value: undefined, done: true } as const;

/**
 * One watcher. It begins alone, which checks its access and gives it what is stored; once it has caught up it joins its group; when its
 * sink is full it is alone again until it has caught up. Everything goes to its sink: as an iterator it gives nothing and ends with the
 * stream, so that nobody who waits for it holds a result meanwhile. In a group it waits for nothing itself and owns no timer.
 */
export class SharedMember implements GroupMember, AsyncGenerator<never, void> {
  cursor: number;
  readonly #shared: SharedSubscriptions;
  readonly #watcher: Watcher;
  readonly #sink: Sink;
  /** In a group it is the group's, so that what the member came with is free. */
  #operation: SharedOperation;
  readonly #hold: StreamPosition['hold'];
  #alone: Alone | undefined;
  /** It has been let in: alone it has seen an event or the end of what is stored. */
  #admitted = false;
  #group: SharedGroup | undefined;
  #release: (() => void) | undefined;
  #end: Promise<IteratorReturnResult<void>> | undefined;
  #settle: ((end: IteratorReturnResult<void> | Promise<never>) => void) | undefined;
  #isOver = false;

  private constructor(
    shared: SharedSubscriptions,
    operation: SharedOperation,
    watcher: Watcher,
    sink: Sink,
    alone: Alone,
  ) {
    this.#shared = shared;
    this.#operation = operation;
    this.#watcher = watcher;
    this.#sink = sink;
    this.#alone = alone;
    this.#hold = alone.position.hold;
    this.cursor = alone.position.sequence ?? 0;
    shared.watchers++;
  }

  /** The watcher, or the result that says why there is no stream. */
  static async open(
    shared: SharedSubscriptions,
    operation: SharedOperation,
    { viewer, requestId }: Watcher,
    sink: Sink,
  ): Promise<SharedMember | ExecutionResult> {
    let member: SharedMember | undefined;
    const watcher: Watcher = { viewer, requestId };
    const position: StreamPosition = { onIdle: () => member?.caughtUp() };
    const results = await shared.subscribe(operation, watcher, position);
    if (!(Symbol.asyncIterator in results)) return results;
    const alone = { position, results: results[Symbol.asyncIterator]() };
    member = new SharedMember(shared, operation, watcher, sink, alone);
    return member;
  }

  /** Begins the stream and settles when it has ended. @throws {GraphQLError} when it breaks, or the viewer has lost the right to it. */
  next(): Promise<IteratorReturnResult<void>> {
    return (this.#end ??= new Promise((resolve) => {
      if (this.#isOver) return resolve(over);
      this.#settle = resolve;
      void this.#readAlone();
    }));
  }

  async return(): Promise<IteratorReturnResult<void>> {
    this.#finish(over);
    return over;
  }

  async throw(error: unknown): Promise<IteratorReturnResult<void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** Everything that is stored was given out: from here the group can go on. */
  caughtUp(): void {
    if (this.#isOver || !this.#alone) return;
    this.#admitted = true;
    this.#enter(this.#shared.open(this.#operation, this.#watcher, this.cursor));
  }

  deliver(frame: Frame): void {
    if (this.#sink.send(frame)) this.cursor = frame.sequence;
    else {
      this.#leave();
      void this.#readAlone();
    }
  }

  groupEnded(reason: 'complete' | 'broken'): void {
    this.#leave();
    // Broken: alone it finds out by itself what is wrong.
    if (reason === 'complete') this.#finish(over);
    else void this.#readAlone();
  }

  /** Until it has joined a group, or the stream has ended. */
  async #readAlone(): Promise<void> {
    try {
      const alone = this.#alone ?? (await this.#goAlone());
      while (await this.#passOn(alone)) if (this.#joinIfThereIsAGroup()) return;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** One result. A function of its own: what it holds goes with it. False when there is no more to read alone. */
  async #passOn(alone: Alone): Promise<boolean> {
    if (this.#alone !== alone) return false;
    const { value, done } = await alone.results.next().catch((error: unknown) => {
      if (this.#alone === alone) throw error;
      return over;
    });
    // It has joined the group meanwhile, or is over.
    if (this.#alone !== alone) return false;
    if (done) {
      this.#finish(over);
      return false;
    }
    this.cursor = alone.position.sequence ?? this.cursor;
    this.#admitted = true;
    await this.#sink.sendAlone(new Frame(this.cursor, value));
    return !this.#isOver;
  }

  #joinIfThereIsAGroup(): boolean {
    const group = this.#admitted ? this.#shared.find(this.#operation.key) : undefined;
    return group !== undefined && this.#enter(group);
  }

  #enter(group: SharedGroup): boolean {
    const alone = this.#alone;
    this.#group = group;
    // Before joining, which may fill the sink already: then it goes alone anew.
    this.#alone = undefined;
    if (!group.join(this)) {
      this.#group = undefined;
      this.#alone = alone;
      return false;
    }
    void alone?.results.return?.();
    if (!this.#group) return true;
    this.#operation = group.operation;
    this.#release = this.#hold?.((error) => {
      this.#leave();
      this.#fail(error);
    });
    return true;
  }

  #leave(): void {
    this.#group?.leave(this);
    this.#group = undefined;
    this.#release?.();
    this.#release = undefined;
  }

  async #goAlone(): Promise<Alone> {
    const position: StreamPosition = { after: this.cursor, onIdle: () => this.caughtUp() };
    const results = await this.#shared.subscribe(this.#operation, this.#watcher, position);
    if (!(Symbol.asyncIterator in results)) throw results.errors?.[0] ?? new Error('the stream was refused');
    const alone = { position, results: results[Symbol.asyncIterator]() };
    if (this.#isOver) void alone.results.return?.();
    else this.#alone = alone;
    return alone;
  }

  #fail(reason: unknown): void {
    if (this.#isOver) return;
    const masked = this.#shared.maskError(reason);
    this.#sink.failed?.(masked);
    this.#finish(Promise.reject(masked));
  }

  #finish(end: IteratorReturnResult<void> | Promise<never>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#shared.watchers--;
    this.#leave();
    void this.#alone?.results.return?.();
    this.#alone = undefined;
    this.#settle?.(end);
  }
}
