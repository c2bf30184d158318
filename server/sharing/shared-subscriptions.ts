import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { GraphQLContext, StreamPosition } from '#schema/context.ts';
import { SharedGroup } from './shared-group.ts';

/** An operation that went through Yoga's envelope up to its execution. */
export interface PreparedSubscription {
  readonly args: ExecutionArgs & { readonly contextValue: GraphQLContext };
  /** The envelope's. */
  readonly subscribe: (args: ExecutionArgs) => Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Of {@link shareableOf}. */
  readonly key: string;
}

/** All groups of this process. What an event shows is the same for everybody who may see it (tested), so the key says it all. */
export class SharedSubscriptions {
  /** What a watcher is told of an error. */
  readonly maskError: (error: unknown) => GraphQLError;
  readonly #groups = new Map<string, SharedGroup>();

  constructor(maskError: (error: unknown) => GraphQLError) {
    this.maskError = maskError;
  }

  /** Groups there are. */
  get size(): number {
    return this.#groups.size;
  }

  find(key: string): SharedGroup | undefined {
    return this.#groups.get(key);
  }

  /** A group that begins after this event, unless there is one. Its access was checked for the one who opens it. */
  open(prepared: PreparedSubscription, after: number): SharedGroup {
    const { key } = prepared;
    let group = this.#groups.get(key);
    if (!group) {
      const created: SharedGroup = new SharedGroup(
        after,
        (position) => subscribeFrom(prepared, position),
        () => {
          if (this.#groups.get(key) === created) this.#groups.delete(key);
        },
      );
      this.#groups.set(key, (group = created));
    }
    return group;
  }
}

/** Subscribes with a position of its own in the context. */
export async function subscribeFrom(
  { args, subscribe }: PreparedSubscription,
  stream: StreamPosition,
): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  return subscribe({ ...args, contextValue: { ...args.contextValue, stream } });
}
