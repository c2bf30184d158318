import type { ExecutionResult } from 'graphql';
import type { StreamPosition } from '#schema/context.ts';
import { Frame } from './frame.ts';
import type { SharedOperation } from './shared-subscriptions.ts';

/** Of what was sent last, so much is kept for those who come a little later: results, and characters of JSON. */
const keptFrames = 256;
const keptCharacters = 1_000_000;

export interface GroupMember {
  /** Sequence number of the last event that it has. */
  readonly cursor: number;
  /** The next event of the group. */
  deliver(frame: Frame): void;
  /** The group has come to its end: after the last event, or broken. */
  groupEnded(reason: 'complete' | 'broken'): void;
}

/** Subscriptions that are the same from here on: each event is executed and made JSON once, and the bytes go to every member. */
export class SharedGroup {
  readonly operation: SharedOperation;
  readonly #members = new Set<GroupMember>();
  readonly #frames: Frame[] = [];
  #characters = 0;
  /** Sequence number of the last event that was sent. */
  #position: number;
  #iterator: AsyncIterator<ExecutionResult> | undefined;
  #ended = false;
  readonly #onEnd: () => void;

  /** `open` subscribes from the given position on; `onEnd` is called once, when nobody can join any more. */
  constructor(
    operation: SharedOperation,
    after: number,
    open: (position: StreamPosition) => Promise<AsyncIterable<ExecutionResult> | ExecutionResult>,
    onEnd: () => void,
  ) {
    this.operation = operation;
    this.#position = after;
    this.#onEnd = onEnd;
    this.#run({ after, unguarded: true, sequence: after }, open).then(
      () => this.#end('complete'),
      () => this.#end('broken'),
    );
  }

  get size(): number {
    return this.#members.size;
  }

  /** Takes the member in when it lacks nothing that is not at hand, and brings it up to date. */
  join(member: GroupMember): boolean {
    if (this.#ended) return false;
    const first = this.#frames[0];
    if (member.cursor < this.#position && !(first && first.sequence <= member.cursor + 1)) return false;
    this.#members.add(member);
    const missing = this.#frames.filter((frame) => frame.sequence > member.cursor);
    for (const frame of missing) if (this.#members.has(member)) member.deliver(frame);
    return true;
  }

  leave(member: GroupMember): void {
    if (!this.#members.delete(member) || this.#members.size > 0) return;
    // Nobody is left: the source lets go of the table at once.
    this.#end('complete');
    void this.#iterator?.return?.();
  }

  #end(reason: 'complete' | 'broken'): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    for (const member of this.#members) member.groupEnded(reason);
    this.#members.clear();
  }

  async #run(
    position: StreamPosition,
    open: (position: StreamPosition) => Promise<AsyncIterable<ExecutionResult> | ExecutionResult>,
  ): Promise<void> {
    const results = await open(position);
    if (!(Symbol.asyncIterator in results)) throw new Error('the shared subscription was refused');
    const iterator = results[Symbol.asyncIterator]();
    this.#iterator = iterator;
    if (this.#ended) return void (await iterator.return?.());
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      const frame = new Frame(position.sequence!, value);
      this.#position = frame.sequence;
      this.#keep(frame);
      for (const member of this.#members) if (frame.sequence > member.cursor) member.deliver(frame);
    }
  }

  #keep(frame: Frame): void {
    this.#frames.push(frame);
    this.#characters += frame.json.length;
    while (this.#frames.length > 1 && (this.#frames.length > keptFrames || this.#characters > keptCharacters))
      this.#characters -= this.#frames.shift()!.json.length;
  }
}
