import type { ExecutionResult } from 'graphql';
import type { StreamPosition } from '#schema/context.ts';
import type { Frame, Sink } from './frame.ts';
import type { GroupMember, SharedGroup } from './shared-group.ts';
import type { SharedOperation, SharedSubscriptions, Watcher } from './shared-subscriptions.ts';

/** Why a watcher is not in its group any more. */
type Outcome = { readonly type: 'behind' | 'complete' | 'returned' } | { readonly type: 'lost'; readonly error: Error };

/** Reading alone: from the table, at the watcher's own pace. */
interface Alone {
  readonly position: StreamPosition;
  readonly results: AsyncIterator<ExecutionResult>;
}

/**
 * One watcher. It begins alone, which checks its access and gives it what is stored; once it has caught up it joins its group, whose frames
 * go to its sink directly; when its sink is full it is alone again until it has caught up. As an iterator it gives only what is read
 * alone, and ends with the stream.
 */
export class SharedMember implements GroupMember, AsyncGenerator<ExecutionResult, void> {
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
  #outcome: Outcome | undefined;
  #wake: () => void = () => {};
  #returned = false;

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

  /** @throws {GraphQLError} when the stream breaks, or the viewer has lost the right to it. */
  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    try {
      const result = await this.#next();
      if (result) return { value: result, done: false };
    } catch (error) {
      await this.return();
      const masked = this.#shared.maskError(error);
      this.#sink.failed?.(masked);
      throw masked;
    }
    return this.return();
  }

  async return(): Promise<IteratorReturnResult<void>> {
    if (!this.#returned) this.#shared.watchers--;
    this.#returned = true;
    this.#leave({ type: 'returned' });
    void this.#alone?.results.return?.();
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<ExecutionResult, void>> {
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
    if (this.#returned || !this.#alone) return;
    this.#admitted = true;
    this.#enter(this.#shared.open(this.#operation, this.#watcher, this.cursor));
  }

  deliver(frame: Frame): void {
    if (this.#sink.send(frame)) this.cursor = frame.sequence;
    else this.#leave({ type: 'behind' });
  }

  groupEnded(reason: 'complete' | 'broken'): void {
    // Broken: alone it finds out by itself what is wrong.
    this.#leave({ type: reason === 'complete' ? 'complete' : 'behind' });
  }

  /** What is read alone; undefined at the end. */
  async #next(): Promise<ExecutionResult | undefined> {
    while (!this.#returned) {
      if (this.#group || this.#outcome || this.#joinIfThereIsAGroup()) {
        const outcome = await this.#parted();
        if (outcome.type === 'lost') throw outcome.error;
        if (outcome.type !== 'behind') return undefined;
      }
      const alone = (this.#alone ??= await this.#goAlone());
      const { value, done } = await alone.results.next().catch((error: unknown) => {
        if (this.#alone === alone) throw error;
        return { value: undefined, done: true } as const;
      });
      // It has joined the group meanwhile.
      if (this.#alone !== alone) continue;
      if (done) return undefined;
      this.cursor = alone.position.sequence ?? this.cursor;
      this.#admitted = true;
      return value;
    }
    return undefined;
  }

  #joinIfThereIsAGroup(): boolean {
    const group = this.#admitted ? this.#shared.find(this.#operation.key) : undefined;
    return group !== undefined && this.#enter(group);
  }

  #enter(group: SharedGroup): boolean {
    this.#group = group;
    if (!group.join(this)) {
      this.#group = undefined;
      return false;
    }
    void this.#alone?.results.return?.();
    this.#alone = undefined;
    this.#operation = group.operation;
    // Not when joining has filled the sink already.
    if (this.#group) this.#release = this.#hold?.((error) => this.#leave({ type: 'lost', error }));
    return true;
  }

  #leave(outcome: Outcome): void {
    if (!this.#group) return;
    this.#group.leave(this);
    this.#group = undefined;
    this.#release?.();
    this.#release = undefined;
    this.#outcome = outcome;
    this.#wake();
  }

  async #parted(): Promise<Outcome> {
    if (!this.#outcome) await new Promise<void>((resolve) => (this.#wake = resolve));
    const outcome = this.#outcome!;
    this.#outcome = undefined;
    return outcome;
  }

  async #goAlone(): Promise<Alone> {
    const position: StreamPosition = { after: this.cursor, onIdle: () => this.caughtUp() };
    const results = await this.#shared.subscribe(this.#operation, this.#watcher, position);
    if (!(Symbol.asyncIterator in results)) throw results.errors?.[0] ?? new Error('the stream was refused');
    return { position, results: results[Symbol.asyncIterator]() };
  }
}
